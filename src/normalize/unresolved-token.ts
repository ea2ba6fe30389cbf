const braced = /^\{\{[^{}]*\}\}$|^[$#]\{[^{}]*\}$|^\{[A-Za-z_][\w.:| -]*\}$/;
const bracketed = /^\[[A-Za-z][\w -]*:[^[\]]*\]$|^\[[a-z][a-z0-9_.]*\]$/;
const dashed = /^--[A-Za-z](?:--[\w .-]+--[A-Za-z])?--$|^--[A-Z]--\w+--[A-Z]--$/;
const percented = /^%%[\w .:-]+%%$|^%[A-Za-z_]+%$/;
const embedded = /\[[A-Za-z]{3,}:[A-Za-z][^[\]]*\]|\{\{[^{}]+\}\}|\$\{[^{}]+\}/;
const bracedUuid = /^\{[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}$/;

/**
 * The template token that the platform failed to replace, or null. Ringba `[Call:InboundCallId]`, TrackDrive
 * `[token]`, `{call_id}`, `{{caller}}`, `--A--x--B--`, `%%x%%`, `${x}`; also inside a longer text. `[object Object]` is what
 * JavaScript at the sender makes of an object: as a call id, all calls would share it.
 */
export function unresolvedToken(text: string): string | null {
  const first = text.charCodeAt(0);
  // [ { % $ # - : what any whole token starts with
  if (first === 91 && (bracketed.test(text) || text === '[object Object]')) return text;
  if ((first === 123 || first === 36 || first === 35) && braced.test(text)) {
    return bracedUuid.test(text) ? null : text;
  }
  if (first === 37 && percented.test(text)) return text;
  if (first === 45 && dashed.test(text)) return text;
  if (!text.includes('[') && !text.includes('{')) return null;
  return embedded.exec(text)?.[0] ?? null;
}
