import { type CodeRun, isMedicareId } from './medicare-codes.ts';
import type { ReadTurn } from './read-turn.ts';

type Piece = { turn: number; from: number; to: number; code: string };

/** After so many turns, the other side's "okay" included, an id is not gone on with. */
const mostTurns = 16;
const idLength = 11;

/**
 * Pieces of Medicare ids, as `turn:token` of their beginnings: letters and digits of one speaker that make up a whole id
 * when they are put together, whatever is said between them. Eleven places that fit are no chance.
 */
export function findSpelledIds(turns: readonly ReadTurn[]): Set<string> {
  const found = new Set<string>();
  for (const [index, turn] of turns.entries()) {
    const said = turns
      .map((other, at) => ({ other, at }))
      .filter(({ other, at }) => at >= index && at < index + mostTurns && other.speaker === turn.speaker)
      .flatMap(({ other, at }) => piecesOf(other, at));
    const starts = piecesOf(turn, index).length;
    for (let first = 0; first < starts; first++) {
      const id = idFrom(said.slice(first));
      if (id.length > 1) for (const piece of id) found.add(`${piece.turn}:${piece.from}`);
    }
  }
  return found;
}

/** The pieces from the first on that are an id together; what repeats the ones before it is passed over. */
function idFrom(said: readonly Piece[]): Piece[] {
  const taken: Piece[] = [];
  let code = '';
  for (const piece of said) {
    if (piece.code.length >= 2 && code.endsWith(piece.code)) continue;
    code += piece.code;
    taken.push(piece);
    if (code.length >= idLength) break;
  }
  return isMedicareId(code) ? taken : [];
}

/** A turn of two or three letters and nothing else: "k k". */
export function bareLetters({ tokens }: ReadTurn): CodeRun | null {
  const isBare = tokens.length >= 2 && tokens.length <= 3 && tokens.every(({ text }) => /^[a-z]$/.test(text));
  const code = tokens.map(({ text }) => text).join('');
  return isBare ? { from: 0, to: tokens.length, code, lettersOnly: true } : null;
}

function piecesOf(read: ReadTurn, turn: number): Piece[] {
  const { runs } = read;
  const letters = bareLetters(read);
  const codes = letters ? [letters] : read.codes;
  const digits = runs.filter((run) => !codes.some((code) => code.from < run.to && run.from < code.to));
  const pieces = [...codes, ...digits.map(({ from, to, digits: code }) => ({ from, to, code }))];
  return pieces.map(({ from, to, code }) => ({ turn, from, to, code })).sort((a, b) => a.from - b.from);
}
