import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { settle, turnsOf } from '../../bench/eval/judged-call.ts';
import { callDateOf } from '../../bench/eval/labelled-call.ts';
import { measure } from '../../bench/eval/measure.ts';
import { readLabelled } from '../../bench/eval/read-labelled.ts';
import { rephrasings } from '../../bench/eval/rephrase.ts';
import { judgeLocally } from '../../src/score/local/judge-locally.ts';
import { loadScorecards } from '../../src/score/scorecard-library.ts';

const folder = fileURLToPath(new URL('labelled', import.meta.url));
const library = await loadScorecards(fileURLToPath(new URL('../../scorecards', import.meta.url)));
const scorecardOf = (vertical: string) => library.byId(vertical)!;
const calls = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) => readLabelled(`${folder}/${name}`, scorecardOf));
const judge = (call: (typeof calls)[number], turns = turnsOf(call)) =>
  judgeLocally(turns, scorecardOf(call.vertical), { callDate: callDateOf(call) });

test('the local judge agrees with the labels of the batches, and every answer stands on a quote', () => {
  const found = measure(
    calls.map((call) => settle(call, turnsOf(call), judge(call), scorecardOf(call.vertical))),
  );
  expect(found.reached.accuracy).toBeGreaterThanOrEqual(0.98);
  expect(found.prospect.accuracy).toBeGreaterThanOrEqual(0.93);
  expect(found.result.accuracy).toBeGreaterThanOrEqual(0.9);
  expect(found.criteria.precision).toBeGreaterThanOrEqual(0.95);
  expect(found.criteria.coverage).toBeGreaterThanOrEqual(0.92);
  expect(found.flags.precision).toBeGreaterThanOrEqual(0.95);
  expect(found.flags.recall).toBeGreaterThanOrEqual(0.95);
  expect(found.evidence.standing).toBe(1);
});

test.each(Object.entries(rephrasings))('%s: the answers stay', (_, rephrase) => {
  const kept = calls.flatMap((call) => {
    const turns = call.turns.map((turn) => ({ ...turn, speakerConfidence: 1, words: [] }));
    const [before, after] = [judge(call, turns), judge(call, rephrase(turns))];
    return before.answers
      .filter(({ value }) => value !== 'unknown')
      .map(
        ({ criterion, value }) => after.answers.find((one) => one.criterion === criterion)!.value === value,
      );
  });
  expect(kept.filter(Boolean).length / kept.length).toBeGreaterThanOrEqual(0.97);
});
