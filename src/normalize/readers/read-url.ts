import { quoted, type Reading, warn, warnUnreadable } from '../reading.ts';

const maxLength = 8_192;

function repair(text: string): string {
  let url = text;
  if (/^https?%3a/i.test(url)) {
    try {
      url = decodeURIComponent(url);
    } catch {
      return url;
    }
  }
  url = url.replaceAll('&amp;', '&').replace(/\s/g, (space) => encodeURIComponent(space));
  if (url.startsWith('//')) return `https:${url}`;
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url) && /^[\w-]+(?:\.[\w-]+)+(?:[/?:]|$)/.test(url))
    return `https://${url}`;
  return url;
}

function warnTooLong(reading: Reading): undefined {
  warn(reading, 'too_long', `An address of more than ${maxLength} characters; the field is unknown.`);
}

/**
 * An absolute http(s) address, otherwise as it came: a recording's link is a secret that no byte may change in.
 * Known damage (missing scheme, spaces, `&amp;`, encoded twice) is repaired with a warning.
 */
export function readUrl(text: string, reading: Reading): string | undefined {
  if (text.length > 3 * maxLength) return warnTooLong(reading);
  const url = text.startsWith('http') && !/\s|&amp;|^https?%3a/i.test(text) ? text : repair(text);
  if (url.length > maxLength) return warnTooLong(reading);
  if (!/^https?:\/\/[^/]/i.test(url) || !URL.canParse(url)) {
    return warnUnreadable(reading, text, 'absolute http(s) address');
  }
  if (url !== text) warn(reading, 'repaired_url', `${quoted(text)} was read as ${quoted(url)}.`);
  return url;
}
