/** A word or number of a text, with its place in it. */
export type Token = {
  /** Lower case, straight apostrophes, no punctuation. */
  text: string;
  /** Characters `from` (inclusive) to `to` (exclusive) of the text. */
  from: number;
  to: number;
};

// a word with its apostrophes, or a number with its sign, thousands separators, decimals and minutes
const tokenPattern =
  /\$?\d+(?:,\d{3})+(?:\.\d+)?|\$?\d+(?:[.:]\d+)?[\p{L}\p{N}]*|\p{L}[\p{L}\p{N}]*(?:['’]\p{L}+)*/gu;

/** `912.40.7716` and `912,407,716`: groups of one long number, as some engines write them. */
const dotted = /\d+(?:\.\d+){2,}/g;
const inThousands = /(?<![$\d,])\d{3}(?:,\d{3}){2,}(?![\d,])/g;

/** Words and numbers of a text in order. Hyphens separate, so `fifty-five` is two tokens and `123-45-6789` three.
 * Dots and commas do in what is no amount. */
export function tokenize(text: string): Token[] {
  const apart = (number: string) => number.replaceAll(/[.,]/g, ' ');
  const grouped = text.replaceAll(dotted, apart).replaceAll(inThousands, apart);
  return [...grouped.matchAll(tokenPattern)].map((match) => ({
    text: match[0].toLowerCase().replaceAll('’', "'"),
    from: match.index,
    to: match.index + match[0].length,
  }));
}
