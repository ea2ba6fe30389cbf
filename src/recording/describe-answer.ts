/**
 * What a server sent in place of audio, in words for people, as far as it shows; empty where it does not. Many
 * answer 200 with a page to sign in, or with an error in JSON or XML.
 * @param text the beginning of the answer, unchanged
 */
export function describeAnswer(text: string): string {
  const start = text.trimStart().slice(0, 200).toLowerCase();
  const isPage = start.startsWith('<!doctype html') || start.startsWith('<html') || /<head|<body/.test(start);
  if (isPage || /<form[\s>]/i.test(text)) {
    if (asksToSignIn(text)) return 'a page to sign in: the server wants credentials';
    if (saysExpired(text)) return 'a page that says that the link has expired';
    return 'a web page';
  }
  const isError = start.startsWith('{') || start.startsWith('[') || start.startsWith('<');
  if (!isError) return '';
  const kind = start.startsWith('<') ? 'XML' : 'JSON';
  if (saysExpired(text)) return `an error in ${kind} that says that the link has expired`;
  if (
    /unauthori[sz]ed|authenticat|access.?denied|forbidden|invalid.{0,20}(token|key|credential)/i.test(text)
  ) {
    return `an error in ${kind} about credentials`;
  }
  if (/not.?found|no.?such.?key|does not exist/i.test(text)) {
    return `an error in ${kind} that says that there is no such recording`;
  }
  return `${kind} in place of a recording`;
}

function asksToSignIn(text: string): boolean {
  return /type\s*=\s*["']?password/i.test(text) || /(sign|log)[ -]?(in|on)\b/i.test(text);
}

/** Whether the words of an answer say that the address was good once. */
export function saysExpired(text: string): boolean {
  return /expired|no longer (valid|available)|signature ?(does ?not|doesnotmatch|mismatch)/i.test(text);
}

/** Numbers of callers stand in addresses and so in what servers say about them. */
export function maskNumbers(text: string): string {
  return text.replaceAll(/\+?\d[\d ().-]{5,}\d/g, '…');
}
