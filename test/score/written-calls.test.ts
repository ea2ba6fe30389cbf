import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Answer, Evidence } from '../../src/domain/answer.ts';
import { decideOutcome } from '../../src/domain/policy.ts';
import type { Turn } from '../../src/domain/transcript.ts';
import { checkEvidence } from '../../src/score/evidence.ts';
import { judgeLocally } from '../../src/score/local/judge-locally.ts';
import { loadScorecards } from '../../src/score/scorecard-library.ts';
import { readWrittenCalls } from './read-calls.ts';

const library = await loadScorecards(fileURLToPath(new URL('../../scorecards', import.meta.url)));
const calls = readWrittenCalls();

type Way = (turn: Turn) => Turn;
const asHeard: Way = (turn) => turn;
const oneChannel: Way = (turn) => ({ ...turn, speaker: 'unknown', speakerConfidence: 0 });
const rawRecognition: Way = (turn) => ({
  ...turn,
  text: turn.text
    .toLowerCase()
    .replace("you're", 'your')
    .replace(/-/g, ' ')
    .replace(/[^a-z0-9' ]/g, ''),
});

function quotedOnce(answer: Answer): Answer {
  const { evidence } = answer;
  const isFirst = ({ turn, quote }: Evidence, at: number) =>
    evidence.findIndex((one) => one.turn === turn && one.quote === quote) === at;
  return { ...answer, evidence: evidence.filter(isFirst) };
}

function compare(way: Way) {
  const given: boolean[] = [];
  const answered: boolean[] = [];
  const prospects: boolean[] = [];
  const results: boolean[] = [];
  for (const { vertical, expected, turns } of calls) {
    const scorecard = library.byId(vertical)!;
    const heard = turns.map(way);
    const judged = judgeLocally(heard, scorecard, { callDate: '2025-11-05T15:00:00Z' });
    const judgement = checkEvidence(judged, heard);
    // the local judge quotes only what stands; what it quotes twice is kept once
    expect(judgement.answers).toEqual(judged.answers.map(quotedOnce));
    const outcome = decideOutcome(judgement, scorecard, { connectedSeconds: 90, duplicate: null });
    prospects.push(outcome.prospect === expected.prospect);
    results.push(outcome.result === expected.result);
    for (const { criterion, value } of judgement.answers) {
      const want = expected[criterion];
      if (want === undefined) continue;
      if (value !== 'unknown') given.push(value === want);
      if (want !== 'unknown') answered.push(value !== 'unknown');
    }
  }
  const share = (hits: boolean[]) => hits.filter(Boolean).length / hits.length;
  return {
    precision: share(given),
    coverage: share(answered),
    prospect: share(prospects),
    result: share(results),
  };
}

test.each([
  ['as written', asHeard],
  ['from one channel, speakers unknown', oneChannel],
  ['as raw recognition output', rawRecognition],
])('written calls %s: the judge agrees with the listener', (_, way) => {
  expect(calls.length).toBeGreaterThan(50);
  const agreement = compare(way);
  expect(agreement.precision).toBeGreaterThanOrEqual(0.95);
  expect(agreement.coverage).toBeGreaterThanOrEqual(0.9);
  expect(agreement.prospect).toBeGreaterThanOrEqual(0.9);
  expect(agreement.result).toBeGreaterThanOrEqual(0.85);
});
