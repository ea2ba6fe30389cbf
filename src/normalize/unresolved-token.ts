const braced = /^\{\{[^{}]*\}\}$|^[$#%]\{[^{}]*\}$|^\{[$%]?[A-Za-z_][\w.:| -]*%?\}$/;
/** `[Call:InboundCallId]`, `[call_uuid]`, `[caller number]`, `[inboundCallId]`, `[CALLER_ID]`; not the `[VIP]` of a name. */
const bracketed =
  /^\[[A-Za-z][\w -]*:[^[\]]*\]$|^\[[a-z][a-z0-9_. -]*\]$|^\[[A-Za-z]*[a-z][A-Z][A-Za-z0-9]*\]$|^\[[A-Z]+(?:_[A-Z]+)+\]$|^\[\[[\w.: -]+\]\]$/;
/** An address in brackets, as lists are printed. */
const inBrackets = /^\[https?:\/\//i;
const dashed = /^--[A-Za-z](?:--[\w .-]+--[A-Za-z])?--$|^--[A-Z]--\w+--[A-Z]--$/;
const percented = /^%%[\w .:-]+%%$|^%[A-Za-z_]+%$/;
const marked = /^<%=?[^<>]*%>$|^##[\w .:-]+##$|^@@[\w .:-]+@@$|^\*\|[\w .:-]+\|\*$/;
const embedded = /\[[A-Za-z]{3,}:[A-Za-z][^[\]]*\]|\{\{[^{}]+\}\}|\$\{[^{}]+\}/;
const bracedUuid = /^\{[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}$/;
/** `{RGB0A1B2C3}`: capitals and digits are an id that somebody put braces around. */
const bracedId = /^\{(?=[^{}]*\d)[0-9A-Z-]+\}$/;
/** What a form's encoding, done once too often, makes of brackets and braces. */
const encoded = /^%(?:5B|7B)[^\s[\]{}]*%(?:5D|7D)$/i;
/** A name between signs and without a digit: no two calls would differ by it. */
const nameBetweenSigns = /^[[({<#$%@*|~-]+\s*[A-Za-z][A-Za-z _.:|-]*[\])}>#$%@*|~-]+$|^\$[A-Za-z_]+$/;
const namesWithin = /^\D*(?:\{[A-Za-z_.]+\}|\[[a-z_.]+\])\D*$/;

/**
 * The template token that the platform failed to replace, or null. Ringba `[Call:InboundCallId]`, TrackDrive
 * `[token]`, `{call_id}`, `{{caller}}`, `--A--x--B--`, `%%x%%`, `${x}`, `<%= x %>`, `##x##`, `*|x|*`; also inside a longer text. `[object Object]` is what
 * JavaScript at the sender makes of an object: as a call id, all calls would share it.
 */
export function unresolvedToken(text: string): string | null {
  const first = text.charCodeAt(0);
  // [ { % $ # - < @ * : what any whole token starts with
  if (first === 91 && ((bracketed.test(text) && !inBrackets.test(text)) || text === '[object Object]'))
    return text;
  if ((first === 123 || first === 36 || first === 35 || first === 37) && braced.test(text)) {
    return bracedUuid.test(text) || bracedId.test(text) ? null : text;
  }
  if (
    first === 37 &&
    (percented.test(text) || (encoded.test(text) && unresolvedToken(decodedBrackets(text)) !== null))
  )
    return text;
  if ((first === 60 || first === 35 || first === 64 || first === 42) && marked.test(text)) return text;
  if (first === 45 && dashed.test(text)) return text;
  if (!text.includes('[') && !text.includes('{')) return null;
  return embedded.exec(text)?.[0] ?? null;
}

function decodedBrackets(text: string): string {
  return text.replace(/%(5B|5D|7B|7D|3A)/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** The same for a call's id, of which more is asked: what could only be a name is a token, whatever signs are around it. */
export function unresolvedId(text: string): string | null {
  return unresolvedToken(text) ?? (nameBetweenSigns.test(text) || namesWithin.test(text) ? text : null);
}
