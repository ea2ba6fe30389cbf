import { afterAll, beforeAll, expect, test } from 'vitest';
import { getAgreement } from '../../src/report/agreement.ts';
import { type LabelledCall, listLabelledCalls } from '../../src/report/labelled-calls.ts';
import { InvalidReview, reviewCall, undoReview } from '../../src/score/review-call.ts';
import { runLabelled } from '../../src/score/run-labelled.ts';
import { type JudgingWorld, startJudgingWorld } from './judging-world.ts';

let world: JudgingWorld;
beforeAll(async () => {
  world = await startJudgingWorld();
});
afterAll(() => world.drop());

const said = { subject: '', prospect_reason: null, turns: [] as number[], reason: '' };
const ownsHome = (value: string, reason: string) => ({
  ...said,
  field: 'answer' as const,
  subject: 'owns_home',
  value,
  reason,
});

async function scoredCall() {
  const id = await world.addCall();
  await world.score(id);
  return id;
}

test('a corrected answer changes the outcome by the same policy, and undoing brings the judge back', async () => {
  const id = await scoredCall();
  const before = await world.readCall(id);
  const [review] = (await reviewCall(
    id,
    [{ ...ownsHome('no', 'his son owns it'), turns: [3] }],
    'ann',
    world,
  ))!;
  expect(review).toMatchObject({ judged: 'yes', value: 'no', reviewed_by: 'ann' });
  expect(review!.evidence[0]).toMatchObject({ turn: 3, quote: 'Yes, since 2011.' });
  const after = await world.readCall(id);
  expect(after).toMatchObject({ prospect: 'unqualified', reason: 'owns_home', billable: 'no' });
  expect(after.evaluation_id).toBe(before.evaluation_id);
  await undoReview(review!.id, 'bob', world);
  expect(await world.readCall(id)).toMatchObject({ prospect: 'qualified', reason: null, billable: 'yes' });
  expect(await undoReview(review!.id, 'bob', world)).toBeNull();
});

test('a person settles the outcome itself, and the sentence says who and why', async () => {
  const id = await scoredCall();
  await reviewCall(
    id,
    [{ ...said, field: 'billable', value: 'no', reason: 'refunded by agreement' }],
    'ann',
    world,
  );
  const call = await world.readCall(id);
  expect(call).toMatchObject({ billable: 'no', billable_reason: 'reviewed', billed_not_qualified: true });
  expect(call.explanation).toContain('by ann, who reviewed the call (refunded by agreement)');
  await reviewCall(
    id,
    [
      {
        ...said,
        field: 'prospect',
        value: 'not_a_prospect',
        prospect_reason: 'wrong_number',
        reason: 'pizza',
      },
    ],
    'ann',
    world,
  );
  expect(await world.readCall(id)).toMatchObject({ prospect: 'not_a_prospect', reason: 'wrong_number' });
});

test('a flag raised and a result corrected stand', async () => {
  const id = await scoredCall();
  await reviewCall(
    id,
    [
      { ...said, field: 'flag', subject: 'abusive', value: 'yes', reason: 'shouted' },
      { ...said, field: 'result', value: 'appointment', reason: 'Tuesday at four' },
    ],
    'ann',
    world,
  );
  expect(await world.readCall(id)).toMatchObject({ flags: ['abusive'], result: 'appointment' });
});

test.each([
  ['an unknown criterion', { ...ownsHome('no', 'x'), subject: 'owns_boat' }, 'no criterion'],
  ['a value that the criterion cannot have', ownsHome('perhaps', 'x'), 'yes_no'],
  ['a change without a reason', ownsHome('no', ''), 'say why'],
  ['a turn that is not there', { ...ownsHome('no', 'x'), turns: [99] }, 'no turn 99'],
  [
    'a prospect without its reason',
    { ...said, field: 'prospect' as const, value: 'unqualified', reason: 'x' },
    'prospect_reason',
  ],
  [
    'a flag that is none',
    { ...said, field: 'flag' as const, subject: 'rude', value: 'yes', reason: 'x' },
    'rude',
  ],
])('%s is refused, in words', async (_, review, words) => {
  const id = await scoredCall();
  const refusal = await reviewCall(id, [review], 'ann', world).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(InvalidReview);
  expect((refusal as Error).message).toContain(words);
});

test('a call that is not scored cannot be reviewed; one that is not there neither', async () => {
  const id = await world.addCall();
  await expect(reviewCall(id, [ownsHome('no', 'x')], 'ann', world)).rejects.toBeInstanceOf(InvalidReview);
  expect(await reviewCall('call_none', [ownsHome('no', 'x')], 'ann', world)).toBeNull();
});

test('agreement counts confirmed and corrected answers per criterion, version and judge', async () => {
  const other = await startJudgingWorld();
  try {
    for (const value of ['yes', 'yes', 'no']) {
      const id = await other.addCall();
      await other.score(id);
      await reviewCall(id, [ownsHome(value, value === 'no' ? 'he rents' : '')], 'ann', other);
    }
    const { calls, items } = await getAgreement(other.db, {});
    expect(calls).toBe(3);
    expect(items).toEqual([
      expect.objectContaining({
        scorecard: 'solar',
        version: other.solar.scorecard.version,
        subject: 'owns_home',
        reviewed: 3,
        given: 3,
        right: 2,
        agreed: 2,
        precision: 0.667,
        kappa: 0,
      }),
    ]);
  } finally {
    await other.drop();
  }
});

test('reviewed calls come out as labelled calls that the judge can be measured by', async () => {
  const other = await startJudgingWorld();
  try {
    const id = await other.addCall();
    await other.score(id);
    await other.addCall();
    await reviewCall(id, [{ ...ownsHome('yes', ''), turns: [3] }], 'ann', other);
    const labelled: LabelledCall[] = [];
    for await (const one of listLabelledCalls(other.db, {})) labelled.push(one);
    expect(labelled).toHaveLength(1);
    expect(labelled[0]).toMatchObject({
      id,
      vertical: 'solar',
      channels: 'stereo',
      reviewed: ['owns_home'],
      payload: { call_date: '11/05/2025 03:00:00 PM', buyer_name: 'Acme', revenue: '40' },
      labels: { prospect: 'qualified', criteria: { owns_home: 'yes' }, evidence: { owns_home: [3] } },
    });
    const report = runLabelled(JSON.stringify(labelled[0]), [other.solar.scorecard]);
    expect(report).toMatchObject({ calls: 1, wrong: 0, open: 0 });
  } finally {
    await other.drop();
  }
});
