import { matchTokens } from './match-tokens.ts';
import type { CodeRun } from './medicare-codes.ts';
import type { Memory } from './memory.ts';
import type { ReadTurn } from './read-turn.ts';

/** So many turns after an id was said its letters are still asked back. */
const patience = 2;
const askedBack =
  /\b(?:(?:was|is) (?:that|it|this)(?: one| letter)?|did you say)(?: an?| the letter)? [a-z](?: (?:or|not)(?: an?| the letter)? [a-z])*(?= |$)(?! as\b)/g;
const isLetter = /^[b-hj-z]$/;
/** What else is spelled, letter by letter. */
const spelledWords =
  /(?<!\b(?:under|below|beneath|beside|by|after|to|with|has|says) (?:your|my|the|his|her) )\b(?:name|spell\w*|street|road|address|e-?mail|city|town|gmail)\b/i;

/** Whether a turn asks for a name, a street or the like, which are spelled too. */
export function spellsAnother(turn: ReadTurn | undefined): boolean {
  const asksId = turn?.cues.some(({ topic }) => topic === 'medicare_id');
  return turn !== undefined && !asksId && spelledWords.test(turn.text);
}

/** "was that an M or an N?", and the bare letter that answers it, right after a Medicare id was said. */
export function findLettersBack(turns: readonly ReadTurn[], index: number, memory: Memory): CodeRun[] {
  if (!isOfId(turns, index, memory)) return [];
  const { tokens } = turns[index]!;
  const lettersOf = (from: number, to: number) => {
    const at = tokens.flatMap(({ text }, place) =>
      place >= from && place < to && isLetter.test(text) ? [place] : [],
    );
    const code = at.map((place) => tokens[place]!.text).join('');
    return at.length > 0 ? [{ from: at[0]!, to: at.at(-1)! + 1, code, lettersOnly: true }] : [];
  };
  const asked = matchTokens(tokens, askedBack).flatMap(({ from, to }) => lettersOf(from, to));
  if (asked.length > 0) return asked;
  const answers = turns
    .slice(Math.max(0, index - 1), index)
    .some((turn) => matchTokens(turn.tokens, askedBack).length > 0);
  return answers && tokens.length <= 4 ? lettersOf(0, tokens.length) : [];
}

/** Letters and digits of a Medicare id that was said just before: "three f as in frank", "p as in paul". */
export function repeatsId(code: CodeRun, turns: readonly ReadTurn[], index: number, memory: Memory): boolean {
  const heard = memory.heard.get('medicare_id');
  if (!heard || !isOfId(turns, index, memory)) return false;
  if (code.lettersOnly) return [...code.code].every((letter) => heard.digits.includes(letter));
  return code.code.length >= 2 && heard.digits.includes(code.code);
}

/** Digits with which a Medicare id ends that was said just before, and nothing else: "ends seven two", "right, seven two". */
export function repeatsIdEnd(
  digits: string,
  { pure, ending, turn }: { pure: boolean; ending: boolean; turn: number },
  memory: Memory,
): boolean {
  const heard = memory.heard.get('medicare_id');
  if (!heard || turn - heard.turn > patience || digits.length < 2 || !(pure || ending)) return false;
  return [heard.digits, ...heard.all].some((said) => said.endsWith(digits));
}

function isOfId(turns: readonly ReadTurn[], index: number, memory: Memory): boolean {
  const heard = memory.heard.get('medicare_id');
  if (!heard || index - heard.turn > patience) return false;
  return !turns.slice(Math.max(0, index - patience), index + 1).some(spellsAnother);
}
