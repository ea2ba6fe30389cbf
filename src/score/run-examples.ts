import type { Criterion, Scorecard } from '../domain/scorecard.ts';
import type { Turn } from '../domain/transcript.ts';
import { checkKinds } from './check-kinds.ts';
import { checkEvidence } from './evidence.ts';
import { judgeLocally } from './local/judge-locally.ts';

/** An example that the local judge reads otherwise than the scorecard says. `got` unknown: not heard. */
export type ExampleMiss = { criterion: string; example: string; wanted: string; got: string };

/** How a scorecard's own examples fare. `open`: the judge left them unknown; `wrong`: it says another value. */
export type ExampleReport = { right: number; open: number; wrong: number; misses: ExampleMiss[] };

/** Numbers and dates told in examples are read against this day. */
const callDate = '2025-11-05T15:00:00Z';

/**
 * Lets the local judge hear each example of a scorecard, as a dialogue in a short call about the service. Examples in
 * brackets describe something to people and are left out.
 */
export function runExamples(scorecard: Scorecard): ExampleReport {
  const misses: ExampleMiss[] = [];
  let all = 0;
  for (const criterion of scorecard.criteria)
    for (const [wanted, examples] of examplesOf(criterion))
      for (const example of examples) {
        if (/^\(.*\)$/.test(example.trim())) continue;
        all++;
        const got = hear(example, criterion, scorecard);
        if (got !== wanted) misses.push({ criterion: criterion.id, example, wanted, got });
      }
  const wrong = misses.filter(({ got }) => got !== 'unknown').length;
  return { right: all - misses.length, open: misses.length - wrong, wrong, misses };
}

function examplesOf({ examples }: Criterion): [string, string[]][] {
  const { yes, no, unknown = [], values = {} } = examples;
  return [['yes', yes], ['no', no], ['unknown', unknown], ...Object.entries(values)];
}

function hear(example: string, criterion: Criterion, scorecard: Scorecard): string {
  const turns = toTurns(example, criterion, scorecard.title);
  const judged = judgeLocally(turns, scorecard, { callDate });
  const { answers } = checkEvidence(checkKinds(judged, scorecard), turns);
  return answers.find((answer) => answer.criterion === criterion.id)?.value ?? 'unknown';
}

/** `A: … / C: …`, one line a turn or parted by ` / `; a bare line is said by whose words count. */
function toTurns(example: string, { heardFrom }: Criterion, title: string): Turn[] {
  const lines = example
    .split(/\n| \/ /)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const isDialogue = lines.every((line) => /^[AC]:/.test(line));
  const own = heardFrom === 'agent' ? 'A' : 'C';
  const told = isDialogue ? lines : [`${own}: ${lines.join(' ')}`];
  const call = [
    'A: Thanks for calling, this is Dana. How can I help you today?',
    `C: Hi, I am calling about ${title.toLowerCase()}.`,
    ...told,
    'A: All right, thank you.',
    'C: Thanks, bye.',
  ];
  return call.map((line, at) => ({
    speaker: line.startsWith('A') ? 'agent' : 'caller',
    speakerConfidence: 1,
    start: at * 5,
    end: at * 5 + 4,
    text: line.slice(2).trim(),
    words: [],
  }));
}
