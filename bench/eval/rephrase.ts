import type { Turn } from '../../src/domain/transcript.ts';

/** A change of wording or form that leaves the meaning of a call as it is. Pure; the same each time. */
export type Rephrasing = (turns: readonly Turn[]) => Turn[];

/** As a recogniser without punctuation writes it. */
const bare: Rephrasing = (turns) =>
  turns.map((turn) => ({
    ...turn,
    text: turn.text
      .toLowerCase()
      .replace(/[-–—]/g, ' ')
      .replace(/[^\p{L}\p{N}'[\] ]/gu, '')
      .replace(/\s+/g, ' ')
      .trim(),
  }));

const hideSpeakers: Rephrasing = (turns) =>
  turns.map((turn) => ({ ...turn, speaker: 'unknown', speakerConfidence: 0 }));

/** Hesitations and empty words at the start of turns and after commas. */
const fillers: Rephrasing = (turns) =>
  turns.map((turn, i) =>
    turn.text.startsWith('[')
      ? turn
      : {
          ...turn,
          text: `${['um ', 'uh ', 'well ', 'um '][i % 4]}${turn.text.replace(/, /g, ', um, ')}`,
        },
  );

/** A listener's "mm hm" after every third turn of the caller. */
const backchannels: Rephrasing = (turns) => {
  let heard = 0;
  return turns.flatMap((turn, i) => {
    const said = turn.speaker === 'caller' && turns[i + 1]?.speaker === 'agent' && ++heard % 3 === 0;
    return said
      ? [turn, { ...turn, speaker: 'agent' as const, start: turn.end, end: turn.end + 0.3, text: 'mm hm' }]
      : [turn];
  });
};

/** Long turns come in two pieces, cut at a sentence or, without punctuation, at a conjunction. */
const splitTurns: Rephrasing = (turns) =>
  turns.flatMap((turn) => {
    const cut = /[.!?] (?=[A-Z])| (?=(?:and|but|so) (?:i|we|my|he|she|it) )/.exec(turn.text.slice(30));
    if (!cut || turn.text.length < 60) return [turn];
    const at = 30 + cut.index + (cut[0].length > 1 ? 1 : 0);
    const middle = (turn.start + turn.end) / 2;
    return [
      { ...turn, end: middle, text: turn.text.slice(0, at).trim() },
      { ...turn, start: middle, text: turn.text.slice(at).trim() },
    ];
  });

const synonyms: [RegExp, string][] = [
  [/\byes\b/gi, 'yeah'],
  [/\bnope?\b(?! (?:one|body|problem|matter))/gi, 'nah'],
  [/\blawyer(s?)\b/gi, 'attorney$1'],
  [/\bhusband\b/gi, 'spouse'],
  [/\bmy home\b/gi, 'my house'],
  [/\bI'm\b/g, 'I am'],
  [/\bdon't\b/gi, 'do not'],
  [/\bokay\b/gi, 'alright'],
  [/\bma'am\b/gi, 'miss'],
  [/\bgoing to\b/gi, 'gonna'],
  [/\bwant to\b/gi, 'wanna'],
  [/\bbecause\b/gi, 'cause'],
];
const synonym: Rephrasing = (turns) =>
  turns.map((turn) => ({
    ...turn,
    text: synonyms.reduce((text, [from, to]) => text.replace(from, to), turn.text),
  }));

/** Words that a recogniser confuses with ones that sound alike. */
const homophones: [RegExp, string][] = [
  [/\byou're\b/gi, 'your'],
  [/\bthere's\b/gi, 'theirs'],
  [/\bthey're\b/gi, 'there'],
  [/\bit's\b/gi, 'its'],
  [/\btwo\b/gi, 'too'],
  [/\bfor\b/gi, 'four'],
  [/\bmedicaid\b/gi, 'medic aid'],
  [/\bknow\b/gi, 'no'],
  [/\bright\b/gi, 'write'],
];
/** Every second turn is misheard. */
const misheard: Rephrasing = (turns) =>
  turns.map((turn, i) =>
    i % 2 !== 1
      ? turn
      : { ...turn, text: homophones.reduce((text, [from, to]) => text.replace(from, to), turn.text) },
  );

/** The second and third exchange of question and reply change places with the two before them. */
const swapExchanges: Rephrasing = (turns) => {
  const starts = turns.flatMap((turn, i) =>
    i > 3 && turn.speaker === 'agent' && turn.text.includes('?') && turns[i + 1]?.speaker === 'caller'
      ? [i]
      : [],
  );
  const first = starts.find((at) => starts.includes(at + 2));
  if (first === undefined) return [...turns];
  const out = [...turns];
  [out[first], out[first + 1], out[first + 2], out[first + 3]] = [
    turns[first + 2]!,
    turns[first + 3]!,
    turns[first]!,
    turns[first + 1]!,
  ];
  return out;
};

/** What must not change an answer. */
export const rephrasings: Record<string, Rephrasing> = {
  'no punctuation or case': bare,
  'speakers hidden': hideSpeakers,
  fillers,
  backchannels,
  'turns split': splitTurns,
  synonyms: synonym,
  misheard,
  'exchanges swapped': swapExchanges,
};
