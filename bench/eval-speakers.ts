import { parseArgs } from 'node:util';
import { attributeSpeakers } from '../src/transcribe/turns/attribute-speakers.ts';
import { nameVoices } from '../src/transcribe/turns/name-voices.ts';
import { readLabelled } from './redaction/labelled.ts';

/**
 * How often callers and agents are named right from the words alone, on labelled calls whose speakers are hidden.
 * `voices`: it is known which turns one voice says, and the two are to be named; `turns`: only the turns are known.
 * Calls in which only one of the two speaks are left out of `voices`.
 */
const { values } = parseArgs({
  options: {
    set: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    misses: { type: 'boolean' },
  },
});
if (!values.set) throw new Error('Usage: npm run -s eval:speakers -- --set FILE.jsonl … [--json] [--misses]');
const calls = (await Promise.all(values.set.map(readLabelled))).flat();

let [voices, voicesRight, turnsSeen, turnsRight, callsRight] = [0, 0, 0, 0, 0];
for (const call of calls) {
  const turns = call.turns.map(({ speaker, text }, index) => {
    const timed = call.turns[index] as { start?: number; end?: number };
    const [start, end] = [timed.start ?? index * 4, timed.end ?? index * 4 + 3.5];
    return {
      turn: { speaker: 'unknown' as const, speakerConfidence: 0, start, end, text, words: [] },
      speaker,
    };
  });
  const first = turns.find(({ speaker }) => speaker !== 'ivr')?.speaker;
  const both = ['caller', 'agent'].every((role) => turns.some(({ speaker }) => speaker === role));
  if (both) {
    const voiced = turns.map(({ turn, speaker }) => ({
      turn,
      voice: speaker === 'ivr' ? null : ((speaker === first ? 0 : 1) as 0 | 1),
    }));
    const named = nameVoices(voiced);
    voices += 1;
    if (named.first === first) voicesRight += 1;
    else if (values.misses)
      console.error(`${call.id}: voice 0 is ${first}, named ${named.first} (${named.confidence})`);
  }
  const guessed = attributeSpeakers(turns.map(({ turn }) => turn));
  const people = turns.flatMap(({ speaker }, index) =>
    speaker === 'ivr' ? [] : [guessed[index]!.speaker === speaker],
  );
  const right = people.filter(Boolean).length;
  turnsSeen += people.length;
  turnsRight += right;
  if (right >= 0.8 * people.length) callsRight += 1;
}
const share = (part: number, whole: number) => (whole === 0 ? null : Number((part / whole).toFixed(4)));
const result = {
  calls: calls.length,
  voices_named_right: share(voicesRight, voices),
  calls_with_two_voices: voices,
  turns_right: share(turnsRight, turnsSeen),
  turns: turnsSeen,
  calls_with_80_percent_of_turns_right: share(callsRight, calls.length),
};
console.log(values.json ? JSON.stringify(result) : result);
