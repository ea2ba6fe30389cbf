/** An address that can be fetched, with what had to be mended, in words for people. */
export type RepairedUrl = { url: string; repairs: string[] };

/**
 * Mends what templates at call platforms are known to do to an address: HTML entities, spaces, a missing
 * scheme. Null where it is still no http(s) address.
 */
export function repairUrl(text: string): RepairedUrl | null {
  const repairs: string[] = [];
  let url = text.trim();
  const mend = (mended: string, what: string) => {
    if (mended !== url) repairs.push(`The recording address ${what}.`);
    url = mended;
  };
  mend(url.replace(/^(["'<])(.*)(["'>])$/, '$2').trim(), 'stood in quotes');
  mend(url.replaceAll(/&amp;|&#38;|&#x26;/gi, '&'), 'held HTML entities for &');
  mend(url.replaceAll(/[\t\r\n]/g, ''), 'was broken into lines');
  mend(url.replaceAll(' ', '%20'), 'held spaces');
  mend(url.replace(/^\/\/(?=[^/])/, 'https://'), 'had no scheme; https was taken');
  mend(url.replace(/^https?:\/?(?=[^/])/i, 'https://'), 'had a broken scheme; https was taken');
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d+)?\//i.test(url)) {
    mend(`https://${url}`, 'had no scheme; https was taken');
  }
  const parsed = URL.parse(url);
  const usable = parsed && /^https?:$/.test(parsed.protocol) && parsed.hostname !== '';
  return usable ? { url, repairs } : null;
}
