import { findNumbers } from './number-words.ts';
import type { Token } from './tokens.ts';

/** Letters and digits spelled one after another: `one e g four dash t e five`. */
export type CodeRun = {
  from: number;
  to: number;
  code: string;
  /** Letters only, with an example: `p as in paul`. */
  lettersOnly: boolean;
};

const fillers = new Set(
  'dash hyphen space uh um then and capital letter number an okay ok yeah yes alright right'.split(' '),
);
const natoWords =
  'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu'.split(
    ' ',
  );
/** Names of letters as a recogniser may write them. */
const spelled = new Map<string, string>([
  ...natoWords.map((word) => [word, word[0]!] as const),
  ...Object.entries({
    tea: 't',
    tee: 't',
    kay: 'k',
    jay: 'j',
    gee: 'g',
    dee: 'd',
    pee: 'p',
    bee: 'b',
    cee: 'c',
    see: 'c',
    sea: 'c',
    em: 'm',
    en: 'n',
    ex: 'x',
    queue: 'q',
    cue: 'q',
    vee: 'v',
    ef: 'f',
    eff: 'f',
    aitch: 'h',
    are: 'r',
    ar: 'r',
    yu: 'u',
    you: 'u',
    why: 'y',
    wye: 'y',
    ee: 'e',
    ay: 'a',
    eh: 'a',
  }),
]);
const smallWords = new Set(
  'a i is it my me no so ok okay um uh to on in an the and yes for he we us up at as or if oh go do by be of hm mm yep am pm im id you its'.split(
    ' ',
  ),
);
const spellers = new Set(['as', 'like', 'for']);

/** "c as in, no, k as in kilo": the letter before is taken back. */
const takenBack = new Set('no wait sorry actually oops'.split(' '));

type Piece = { from: number; to: number; code: string; weak: boolean; byExample?: boolean };

/**
 * Spelled codes with at least one letter and one digit, or a letter with an example. Only sure letters start or end a run; doubtful ones (`a`,
 * `tea`, `you`) count between two sure pieces.
 */
export function findCodes(tokens: readonly Token[], skip: ReadonlySet<number>): CodeRun[] {
  const numbers = findNumbers(tokens, skip).filter((group) => !group.ordinal);
  const runs: Piece[][] = [];
  let at = 0;
  while (at < tokens.length) {
    const number = numbers.find((group) => group.from === at);
    const piece = skip.has(at)
      ? null
      : number
        ? { from: at, to: number.to, code: number.digits, weak: false }
        : readLetters(tokens, at);
    if (piece) {
      const last = runs.at(-1);
      const gap = last ? tokens.slice(last.at(-1)!.to, piece.from) : [];
      if (last && gap.length <= 2 && gap.every((token) => fillers.has(token.text))) last.push(piece);
      else runs.push([piece]);
    }
    at = piece ? piece.to : at + 1;
  }
  return runs.flatMap(trimRun);
}

function readLetters(tokens: readonly Token[], at: number): Piece | null {
  const word = tokens[at]!.text;
  const piece = (code: string, weak = false): Piece => ({ from: at, to: at + 1, code, weak });
  if (/^[a-z]$/.test(word)) {
    if (/^(?:part|plan|type)$/.test(tokens[at - 1]?.text ?? '')) return null;
    // "e as in edward"
    const next = tokens[at + 1]?.text ?? '';
    const extra = next === 'as' && tokens[at + 2]?.text === 'in' ? 3 : spellers.has(next) ? 2 : 0;
    const example = tokens[at + extra]?.text ?? '';
    const to = at + extra + 1;
    // "t as in, t as in tom"
    if (extra === 3 && example === word) return { from: at, to: at + extra, code: '', weak: false };
    if (extra === 3 && takenBack.has(example)) return { from: at, to, code: '', weak: false };
    if (extra === 3 || (extra && example.startsWith(word)))
      return { from: at, to: Math.min(to, tokens.length), code: word, weak: false, byExample: true };
    // "a e four" begins with a letter, "a four" may not
    const article = word === 'a' && !/^[a-hj-z]$/.test(tokens[at + 1]?.text ?? '');
    return piece(word, article || word === 'i');
  }
  if (/^(?=.*\d)(?=.*[a-z])[a-z\d]{2,11}$/.test(word) && !/^\d+(st|nd|rd|th)$/.test(word)) return piece(word);
  const letter = spelled.get(word);
  if (letter) return piece(letter, true);
  return /^[a-z]{2,3}$/.test(word) && !smallWords.has(word) ? piece(word, true) : null;
}

function trimRun(run: Piece[]): CodeRun[] {
  const first = run.findIndex((piece) => !piece.weak);
  const last = run.findLastIndex((piece) => !piece.weak);
  if (first < 0) return [];
  // a run of letters after a digit may end in a doubtful one: "one eg"
  const kept = run.slice(Math.max(0, first), last + 1);
  const code = kept.map((piece) => piece.code).join('');
  const lettersOnly = /^[a-z]+$/.test(code);
  const isCode = /[a-z]/.test(code) && (!lettersOnly || kept.some(({ byExample }) => byExample));
  return isCode ? [{ from: kept[0]!.from, to: kept.at(-1)!.to, code, lettersOnly }] : [];
}

const letter = '[ac-hj-kmnp-rt-y]';
const either = '[ac-hj-kmnp-rt-y\\d]';
/**
 * The Medicare Beneficiary Identifier's positions; S, L, O, I, B and Z are never used.
 * Source: CMS, "Understanding the MBI Format".
 */
const places = ['[1-9]', letter, either, '\\d', letter, either, '\\d', letter, letter, '\\d', '\\d'];
const beneficiaryId = new RegExp(`^${places.join('')}$`);
const eachPlace = places.map((place) => new RegExp(place));

/** Whether a code is a whole Medicare id. */
export function isMedicareId(code: string): boolean {
  return beneficiaryId.test(code);
}

/**
 * Whether a code is a plan's or its member's: contract (`H5216`) and plan (`073`), or a letter or a few with many digits
 * (`W233810077`). Source: CMS, "Plan Directory": H, R, S and E with four digits, then the plan's three, perhaps the segment's.
 */
export function isPlanId(code: string): boolean {
  return /^[hrse]\d{4}(?:\d{3}){0,2}$/.test(code) || /^[b-z][a-z]{0,3}\d{6,}$/.test(code);
}

/** Whether a code can be the beginning of a Medicare id: digits and letters stand where they belong. */
export function beginsMedicareId(code: string): boolean {
  return code.length <= places.length && [...code].every((sign, index) => eachPlace[index]!.test(sign));
}
