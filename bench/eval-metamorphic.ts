import { parseArgs } from 'node:util';
import type { Judgement } from '../src/domain/answer.ts';
import type { Scorecard } from '../src/domain/scorecard.ts';
import type { Turn } from '../src/domain/transcript.ts';
import { judgeLocally } from '../src/score/local/judge-locally.ts';
import { loadScorecards } from '../src/score/scorecard-library.ts';
import { share } from './eval/agreement.ts';
import { callDateOf } from './eval/labelled-call.ts';
import { readLabelled } from './eval/read-labelled.ts';
import { rephrasings } from './eval/rephrase.ts';

/**
 * Whether the local judge keeps its answers when only the wording or form of a call changes, and gives them up
 * when the caller's reply is turned into its opposite. Needs no labels, so any calls will do:
 * `npm run eval:metamorphic -- --set FILE [--set FILE ...] [--json] [--changes NAME]`.
 */
const { values: options } = parseArgs({
  options: {
    set: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
    changes: { type: 'string' },
  },
});
if (options.set.length === 0) throw new Error('give calls: --set FILE');
const library = await loadScorecards('scorecards');
const scorecardOf = (vertical: string): Scorecard => {
  const scorecard = library.byId(vertical) ?? library.byVertical(vertical);
  if (!scorecard) throw new Error(`no scorecard for ${vertical}`);
  return scorecard;
};
type Case = { id: string; turns: Turn[]; judge: (turns: readonly Turn[]) => Judgement; before: Judgement };
const cases: Case[] = options.set
  .flatMap((file) => readLabelled(file, scorecardOf))
  .map((call) => {
    const scorecard = scorecardOf(call.vertical);
    const judge = (turns: readonly Turn[]) => judgeLocally(turns, scorecard, { callDate: callDateOf(call) });
    const turns = call.turns.map((turn) => ({ ...turn, speakerConfidence: 1, words: [] }));
    return { id: call.id, turns, judge, before: judge(turns) };
  });

const kept = Object.fromEntries(
  Object.entries(rephrasings).map(([name, rephrase]) => {
    const answers: ('kept' | 'unknown' | 'turned')[] = [];
    const results: boolean[] = [];
    for (const { id, turns, judge, before } of cases) {
      const after = judge(rephrase(turns));
      results.push(after.result.value === before.result.value);
      if (options.changes === name && after.result.value !== before.result.value)
        console.log(id, 'result', before.result.value, '→', after.result.value);
      for (const answer of before.answers) {
        if (answer.value === 'unknown') continue;
        const now = after.answers.find(({ criterion }) => criterion === answer.criterion)!.value;
        answers.push(now === answer.value ? 'kept' : now === 'unknown' ? 'unknown' : 'turned');
        if (options.changes === name && now !== answer.value)
          console.log(id, answer.criterion, answer.value, '→', now, answer.evidence[0]?.quote.slice(0, 80));
      }
    }
    return [name, { ...counted(answers), results: share(results) }];
  }),
);

/** A reply that opens with yes or no and alone carries an answer becomes the bare opposite: the answer may not stay. */
function turnedReplies() {
  const outcomes: ('kept' | 'unknown' | 'turned')[] = [];
  for (const { id, turns, judge, before } of cases)
    for (const answer of before.answers) {
      const [only, ...more] = new Set(answer.evidence.map(({ turn }) => turn));
      const reply = only === undefined ? undefined : turns[only];
      if (answer.value === 'unknown' || more.length > 0 || reply?.speaker !== 'caller') continue;
      const plain = /^(yes|yeah|yep|no|nope|nah)\b/i.exec(reply.text.trim());
      if (!plain || !asksPlainly(turns[only! - 1])) continue;
      const opposite = plain[1]!.toLowerCase().startsWith('n') ? 'Yes.' : 'No.';
      const after = judge(turns.map((turn, i) => (i === only ? { ...turn, text: opposite } : turn)));
      const now = after.answers.find(({ criterion }) => criterion === answer.criterion)!.value;
      outcomes.push(now === answer.value ? 'kept' : now === 'unknown' ? 'unknown' : 'turned');
      if (options.changes === 'negated' && now === answer.value)
        console.log(id, answer.criterion, answer.value, turns[only! - 1]!.text, '|', reply.text);
    }
  return counted(outcomes);
}

/** A plain reply is taken back in the next breath: the later words must win. */
function corrected() {
  const outcomes: ('kept' | 'unknown' | 'turned')[] = [];
  for (const { id, turns, judge, before } of cases)
    for (const answer of before.answers) {
      const [only, ...more] = new Set(answer.evidence.map(({ turn }) => turn));
      const reply = only === undefined ? undefined : turns[only];
      if (answer.value === 'unknown' || more.length > 0 || reply?.speaker !== 'caller') continue;
      const plain = /^(yes|yeah|yep|no|nope|nah)\b[\s,.!]*(\w+\s*){0,2}[.!]?$/i.exec(reply.text.trim());
      if (!plain || !asksPlainly(turns[only! - 1])) continue;
      const opposite = plain[1]!.toLowerCase().startsWith('n') ? 'yes' : 'no';
      const text = `${reply.text.replace(/[.!]$/, '')}... actually, ${opposite}.`;
      const after = judge(turns.map((turn, i) => (i === only ? { ...turn, text } : turn)));
      const now = after.answers.find(({ criterion }) => criterion === answer.criterion)!.value;
      outcomes.push(now === answer.value ? 'kept' : now === 'unknown' ? 'unknown' : 'turned');
      if (options.changes === 'corrected' && now === answer.value)
        console.log(id, answer.criterion, answer.value, turns[only! - 1]!.text, '|', text);
    }
  return counted(outcomes);
}

/** To "no bankruptcy?" both yes and no can agree; only a question without a negation has an opposite reply. */
function asksPlainly(turn: Turn | undefined): boolean {
  return (
    turn?.speaker === 'agent' &&
    /\b(do|does|did|is|are|was|were|have|has|any|anyone|anybody|ever|you)\b/i.test(turn.text) &&
    !/\b(no|not|never|nobody|nothing|how can|what can|this is|help|permission)\b|n't|speaking/i.test(
      turn.text,
    )
  );
}

function counted(outcomes: readonly ('kept' | 'unknown' | 'turned')[]) {
  return {
    answers: outcomes.length,
    kept: share(outcomes.map((one) => one === 'kept')),
    unknown: share(outcomes.map((one) => one === 'unknown')),
    turned: share(outcomes.map((one) => one === 'turned')),
  };
}

const report = { calls: cases.length, kept, opposite: { negated: turnedReplies(), corrected: corrected() } };
if (options.json) console.log(JSON.stringify(report));
else {
  const line = (name: string, ...cells: (string | number | null)[]) =>
    console.log(name.padEnd(28), ...cells.map((cell) => String(cell ?? '—').padStart(9)));
  line(`${report.calls} calls`, 'answers', 'kept', 'unknown', 'turned', 'result kept');
  for (const [name, row] of Object.entries(kept))
    line(name, row.answers, row.kept, row.unknown, row.turned, row.results);
  line('\nmust not stay', 'answers', 'kept', 'unknown', 'turned');
  for (const [name, row] of Object.entries(report.opposite))
    line(name, row.answers, row.kept, row.unknown, row.turned);
}
