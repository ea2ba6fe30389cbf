import type { Speaker, Turn } from '../../domain/transcript.ts';
import { isNumberWord, readNumber } from './number-words.ts';

/**
 * A turn levelled for comparison: lower case, no punctuation, no apostrophes, number words as digits, stage
 * directions in brackets dropped. `text` starts with a space before each word; `spans` give each word's place
 * in the original, so that a quote can be cut from the words as they stand.
 */
export type HeardTurn = {
  index: number;
  speaker: Speaker;
  original: string;
  text: string;
  spans: [number, number][];
  /** Ends with a question mark, where the style has punctuation. */
  asks: boolean;
};

const spoken: Record<string, string> = {
  youre: 'your',
  gonna: 'going to',
  wanna: 'want to',
  gotta: 'got to',
  lemme: 'let me',
  gimme: 'give me',
  yall: 'you',
  yalls: 'your',
  em: 'them',
  ok: 'okay',
  cuz: 'because',
  cause: 'because',
  kinda: 'kind of',
  dunno: 'dont know',
  whats: 'what is',
  wheres: 'where is',
  whos: 'who is',
  hows: 'how is',
  cannot: 'cant',
  til: 'till',
};

/** Words that only lend weight: "I don't even know", "I really just rent". */
const intensifiers: ReadonlySet<string> = new Set(
  'even really literally honestly basically truly frankly seriously'.split(' '),
);

/** Levels one turn. */
export function hear(turn: Pick<Turn, 'speaker' | 'text'>, index: number): HeardTurn {
  const { words, spans } = level(turn.text);
  return {
    index,
    speaker: turn.speaker,
    original: turn.text,
    text: words.map((word) => ` ${word}`).join(''),
    spans,
    asks: /\?["')\]\s]*$/.test(turn.text),
  };
}

/** True for a word that levelling drops because it only lends weight. */
export function isIntensifier(word: string): boolean {
  return intensifiers.has(word);
}

/** Levels free text the same way, for cues. */
export function levelWords(text: string): string[] {
  return level(text).words;
}

function level(text: string): { words: string[]; spans: [number, number][] } {
  const raw: { word: string; span: [number, number] }[] = [];
  // brackets hold stage directions, not speech; they are blanked so that offsets stay
  const speech = text
    .replace(/\[[^\]]*\]/g, (note) => (/^\[[a-z]+(_[a-z]+)+\]$/.test(note) ? note : ' '.repeat(note.length)))
    .replace(/[’‘]/g, "'");
  const pattern = /\$?\d[\d,]*(?:\.\d+)?|[\p{L}_][\p{L}_'.]*/gu;
  for (const match of speech.matchAll(pattern)) {
    const from = match.index;
    const word = match[0].toLowerCase().replace(/^\$|[,']/g, '');
    const bare = /^\d/.test(word) ? word : withoutEnding(match[0].toLowerCase(), word.replace(/\./g, ''));
    if (bare === '') continue;
    const span: [number, number] = [from, from + match[0].replace(/[.']+$/, '').length];
    for (const part of (Object.hasOwn(spoken, bare) ? spoken[bare]! : bare).split(' '))
      raw.push({ word: part, span });
  }
  const lettered = joinLetters(
    raw.filter(({ word }, i) => !hesitation(word, raw[i + 1]?.word) && !intensifiers.has(word)),
  );
  const words = lettered.map(({ word }) => word);
  const out: { word: string; span: [number, number] }[] = [];
  for (let i = 0; i < words.length; ) {
    const number = readNumber(words.slice(0, stretchEnd(text, lettered, i)), i);
    if (!number) {
      out.push(lettered[i]!);
      i++;
      continue;
    }
    out.push({
      word: String(number.value),
      span: [lettered[number.from]!.span[0], lettered[number.to - 1]!.span[1]],
    });
    i = number.to;
  }
  return { words: out.map(({ word }) => word), spans: out.map(({ span }) => span) };
}

/** Where the stretch of words without punctuation that holds word `at` ends: no number goes beyond. */
function stretchEnd(text: string, words: readonly { span: [number, number] }[], at: number): number {
  let end = at + 1;
  while (
    end < words.length &&
    end < at + 9 &&
    !/[,.;:?!\u2014]|--/.test(text.slice(words[end - 1]!.span[1], words[end]!.span[0]))
  )
    end++;
  return end;
}

/** Sounds without meaning; "uh huh" has one. */
function hesitation(word: string, next: string | undefined) {
  return /^(um+|mmm+|ah|uh)$/.test(word) && !(word === 'uh' && next === 'huh');
}

/** "four thirty's good": the ending is a verb, the rest a number. */
function withoutEnding(said: string, word: string) {
  return said.endsWith("'s") && isNumberWord(word.slice(0, -1)) ? word.slice(0, -1) : word;
}

/** Spelled abbreviations become words: "d u i" dui, "h o a" hoa. The letters of "part b i ..." stay apart. */
function joinLetters(words: { word: string; span: [number, number] }[]) {
  const out: typeof words = [];
  for (let i = 0; i < words.length; ) {
    let end = i;
    while (end < words.length && /^[a-z]$/.test(words[end]!.word)) end++;
    const before = words[i - 1]?.word ?? '';
    const first = words[i]!.word;
    if (end - i >= 2 && first !== 'a' && first !== 'i' && !/^(part|parts|plan)$/.test(before)) {
      const run = words.slice(i, end);
      out.push({
        word: run.map(({ word }) => word).join(''),
        span: [run[0]!.span[0], run[run.length - 1]!.span[1]],
      });
      i = end;
    } else {
      out.push(words[i]!);
      i++;
    }
  }
  return out;
}

/** The original words around a place in the levelled text: the whole turn, or up to `margin` words each side. */
export function quoteAround(turn: HeardTurn, at: number, length: number, margin = 14): string {
  if (turn.original.length <= 200) return turn.original.trim();
  const first = countWords(turn.text.slice(0, at + 1)) - 1;
  const last = countWords(turn.text.slice(0, at + length)) - 1;
  const from = turn.spans[Math.max(0, first - margin)]?.[0] ?? 0;
  const to = turn.spans[Math.min(turn.spans.length - 1, last + margin)]?.[1] ?? turn.original.length;
  return turn.original.slice(from, to).trim();
}

function countWords(text: string) {
  return Math.max(1, text.split(' ').length - 1);
}
