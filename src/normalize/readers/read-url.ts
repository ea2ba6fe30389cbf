import { quoted, type Reading, warn, warnUnreadable } from '../reading.ts';

const maxLength = 8_192;

/** Whether a repair is called for: whatever an address that came well does not have. */
const damaged = /^(?!https?:)|\s|&amp;|\\\/|^https?%|^https?:\/\/https?:\/\//i;
/** A token left in a path or query. What has digits may be an id in braces. */
const token =
  /\{\{?[A-Za-z_][A-Za-z_.: ]*\}?\}|%7B[A-Za-z_][A-Za-z_.]*%7D|(?<=[/=])\[[A-Za-z_][A-Za-z_.: ]*\]/i;
/** What templates and lists leave around an address. */
const wrapped = /^(?:"(.*)"|'(.*)'|<([^<>]*)>|\[([^[\]]*)\]|\((.*)\))$/s;
const bareHost = /^[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?[/?]/;

function decodedFully(url: string): string {
  let decoded = url;
  for (let round = 0; round < 3 && /^https?%/i.test(decoded); round++) {
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      return decoded;
    }
  }
  return decoded;
}

function repair(text: string): string {
  const inner =
    wrapped
      .exec(text)
      ?.slice(1)
      .find((part) => part !== undefined) ?? text;
  let url = decodedFully(inner.trim()).replaceAll('\\/', '/').replaceAll('&amp;', '&');
  // "http://[recording]" in a template, where the token brings its own http://
  url = url.replace(/^https?:\/\/(?=https?:\/\/)/i, '');
  url = url.replace(/\s/g, (space) => encodeURIComponent(space));
  if (url.startsWith('//')) return `https:${url}`;
  return bareHost.test(url) ? `https://${url}` : url;
}

/** The addresses in a text that holds several, one behind the other; a comma within a query is part of it. */
function listed(text: string): string[] {
  const parts = text.split(/\s*[,;|]\s*(?=https?:\/\/)|\s+(?=https?:\/\/)/i);
  return parts.slice(0, -1).some((part) => /\?[^\s]*$/.test(part)) && !/\s/.test(text) ? [text] : parts;
}

function warnTooLong(reading: Reading): undefined {
  warn(reading, 'too_long', `An address of more than ${maxLength} characters; the field is unknown.`);
}

/**
 * An absolute http(s) address, otherwise as it came: a recording's link is a secret that no byte may change in.
 * Known damage (missing scheme, spaces, `&amp;`, quotes, encoded twice) is repaired with a warning; of several addresses the
 * first is taken.
 */
export function readUrl(text: string, reading: Reading): string | undefined {
  if (text.length > 3 * maxLength) return warnTooLong(reading);
  const [first = text, ...others] = text.startsWith('http') ? listed(text) : [text];
  const url = damaged.test(first) ? repair(first) : first;
  if (url.length > maxLength) return warnTooLong(reading);
  if (!/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url)) {
    return warnUnreadable(reading, text, 'absolute http(s) address');
  }
  const left = token.exec(url)?.[0];
  if (left !== undefined) {
    warn(
      reading,
      'unresolved_token',
      `The platform left its token ${quoted(left)} in the address; the field is unknown.`,
    );
    return undefined;
  }
  if (others.length > 0) {
    const count = others.length + 1;
    warn(
      reading,
      'repaired_url',
      `${count} addresses came in one value; the first was taken: ${quoted(url)}.`,
    );
  } else if (url !== text) warn(reading, 'repaired_url', `${quoted(text)} was read as ${quoted(url)}.`);
  return url;
}
