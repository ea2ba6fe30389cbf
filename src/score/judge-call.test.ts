import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flagValues, notAProspectReasons, resultValues } from '../domain/outcome.ts';
import type { Turn } from '../domain/transcript.ts';
import { standsIn } from './evidence.ts';
import { judgeCall } from './judge-call.ts';
import { loadScorecards } from './scorecard-library.ts';

const { all } = await loadScorecards(fileURLToPath(new URL('../../scorecards', import.meta.url)));
const solar = all.find(({ id }) => id === 'solar')!;
const criteria = solar.criteria.map(({ id }) => id);
const talk = ['Do you own the home?', 'Yes, since 2011.', 'And the bill?', 'Two hundred and ten.'];
const turns: Turn[] = talk.map((text, i) => ({
  speaker: i % 2 ? 'caller' : 'agent',
  speakerConfidence: 1,
  start: i * 4,
  end: i * 4 + 3,
  text,
  words: [],
}));

/** Quotes that stand, that nearly stand, that stand elsewhere, and that nobody said. */
const evidence = fc.record({
  turn: fc.integer({ min: -1, max: 5 }),
  quote: fc.oneof(
    fc.constantFrom(...talk, 'YES,  since', 'yes since', 'two hundred', '', ' ', 'I own three houses'),
    fc.string({ maxLength: 8 }),
  ),
  speaker: fc.constantFrom('caller' as const, 'agent' as const),
  start: fc.nat(),
  end: fc.nat(),
});
const quotes = fc.array(evidence, { maxLength: 3 });
const lies = fc.record({
  judge: fc.constant('liar'),
  reached: fc.constant('conversation' as const),
  answers: fc.array(
    fc.record({
      criterion: fc.oneof(fc.constantFrom(...criteria), fc.string()),
      value: fc.oneof(fc.constantFrom('yes', 'no', 'unknown'), fc.string()),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      evidence: quotes,
      note: fc.constant(null),
    }),
  ),
  disqualifier: fc.option(fc.record({ reason: fc.constantFrom(...notAProspectReasons), evidence: quotes })),
  result: fc.record({ value: fc.constantFrom(...resultValues), evidence: quotes }),
  flags: fc.array(fc.record({ flag: fc.constantFrom(...flagValues), evidence: quotes })),
});

test('whatever a judge claims, what is kept of a yes or no stands in the transcript', async () => {
  await fc.assert(
    fc.asyncProperty(lies, async (claims) => {
      const call = { id: 'call_1', turns, callDate: null, facts: { connectedSeconds: 90, duplicate: null } };
      const { judgement, outcome } = await judgeCall(call, solar, async () => claims);
      expect(judgement.answers.map(({ criterion }) => criterion)).toEqual(criteria);
      const kept = [
        ...judgement.answers.filter(({ value }) => value !== 'unknown'),
        ...judgement.flags,
        ...(judgement.disqualifier ? [judgement.disqualifier] : []),
        ...(['none', 'information'].includes(judgement.result.value) ? [] : [judgement.result]),
      ];
      for (const finding of kept) {
        expect(finding.evidence.length).toBeGreaterThan(0);
        for (const one of finding.evidence) {
          expect(standsIn(one, turns)).toBe(true);
          expect(one).toMatchObject({ speaker: turns[one.turn]!.speaker, start: turns[one.turn]!.start });
        }
      }
      for (const { value } of judgement.answers) expect(['yes', 'no', 'unknown']).toContain(value);
      expect(outcome.explanation).toContain(outcome.billableReason);
    }),
    { numRuns: 500 },
  );
});
