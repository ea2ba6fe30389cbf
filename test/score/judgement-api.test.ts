import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallBody } from '../../src/contract/calls.ts';
import type { RescoreBody, RescoreSummaryBody } from '../../src/contract/rescores.ts';
import type { ScorecardBody } from '../../src/contract/scorecards.ts';
import { createMachineKey } from '../../src/http/machine-keys.ts';
import { startWorld, type World } from '../support/world.ts';
import { type JudgingWorld, startJudgingWorld } from './judging-world.ts';

let world: World;
let judging: JudgingWorld;
let call: string;
beforeAll(async () => {
  world = await startWorld();
  judging = await startJudgingWorld(world.db);
  call = await judging.addCall();
  await judging.score(call);
});
afterAll(() => world?.stop());

const review = { field: 'answer', subject: 'owns_home', value: 'no', reason: 'his son owns it', turns: [3] };
/** An answer in RFC 9457. */
type Refusal = { type: string; detail: string; errors: { field: string; message: string }[] };
const refusal = async (response: Response) => (await response.json()) as Refusal;

const send = (path: string, body: unknown, key = world.key, method = 'POST') =>
  fetch(world.url + path, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('a key that may only read reviews nothing, publishes nothing, judges nothing again', async () => {
  const reader = await createMachineKey(world.db, 'reader', ['read']);
  for (const [path, body, method] of [
    [`/v1/calls/${call}/reviews`, { reviews: [review] }],
    ['/v1/reviews/rev_1/undo', undefined],
    ['/v1/rescores', {}],
    ['/v1/rescores/rsc_1/decision', { decision: 'publish' }],
    ['/v1/scorecards/solar/publish', {}],
    ['/v1/scorecards/drafts', { source: 'x' }, 'PUT'],
    ['/v1/scorecard-rules', { rules: [] }, 'PUT'],
  ] as const)
    expect((await send(path, body ?? {}, reader, method)).status, path).toBe(403);
});

test('a review shows on the call beside what the judge said, and goes again', async () => {
  const { items } = await world.api<{ items: { id: string }[] }>(`/v1/calls/${call}/reviews`, {
    body: { reviews: [review] },
  });
  const reviewed = await world.api<CallBody>(`/v1/calls/${call}`);
  expect(reviewed.outcome).toMatchObject({ prospect: 'unqualified', billable: 'no' });
  expect(reviewed.judged).toMatchObject({ prospect: 'qualified', billable: 'yes' });
  expect(reviewed.disagreements).toEqual(['billed_not_qualified']);
  expect(reviewed.answers.find(({ criterion }) => criterion === 'owns_home')).toMatchObject({
    value: 'no',
    judged: { value: 'yes' },
    evidence: [{ turn: 3, quote: 'Yes, since 2011.' }],
  });
  const lines = await fetch(`${world.url}/v1/reviews/export`, {
    headers: { authorization: `Bearer ${world.key}` },
  });
  expect(JSON.parse(await lines.text())).toMatchObject({
    id: call,
    labels: { criteria: { owns_home: 'no' } },
  });
  await world.api(`/v1/reviews/${items[0]!.id}/undo`, { method: 'POST' });
  const undone = await world.api<CallBody>(`/v1/calls/${call}`);
  expect(undone.outcome).toMatchObject({ prospect: 'qualified' });
  expect(undone.reviews).toMatchObject([{ undone_by: 'test', value: 'no' }]);
});

test('what cannot be stored is told as a problem with its reason', async () => {
  const wrong = await send(`/v1/calls/${call}/reviews`, { reviews: [{ ...review, value: 'perhaps' }] });
  expect([wrong.status, (await refusal(wrong)).type]).toEqual([422, '/problems/invalid_review']);
  const faulty = await send('/v1/scorecards/drafts', { source: 'id: x\nversion: 1\n' }, world.key, 'PUT');
  expect(faulty.status).toBe(422);
  expect((await refusal(faulty)).errors[0]!.message).toContain('add title:');
  const rules = await send('/v1/scorecard-rules', { rules: [{ scorecard: 'nothing' }] }, world.key, 'PUT');
  expect((await refusal(rules)).errors).toEqual([
    { field: 'rules.0', message: 'there is no published scorecard nothing' },
  ]);
  const rescore = await send('/v1/rescores', { scorecard: 'solar@9' });
  expect((await refusal(rescore)).detail).toContain('solar has no version 9');
});

test('a draft is saved, tried on past calls in the background, and published with its results', async () => {
  const [solar] = (await world.api<{ items: ScorecardBody[] }>('/v1/scorecards')).items.filter(
    ({ id }) => id === 'solar',
  );
  const inForce = solar!.versions.find((version) => version.in_force)!;
  const { source } = await world.api<{ source: string }>(`/v1/scorecards/solar/versions/${inForce.version}`);
  const rule = 'policy:\n  - { id: none, when: {}, billable: "no", because: nothing is paid for }\n';
  const draft = await world.api<{ version: string }>('/v1/scorecards/drafts', {
    method: 'PUT',
    body: { source: `${source}\n${rule}` },
  });
  const { id } = await world.api<RescoreBody>('/v1/rescores', { body: { scorecard: 'solar@draft' } });
  const until = async (state: string) => {
    for (let i = 0; i < 300; i++) {
      const now = await world.api<RescoreBody & { summary: RescoreSummaryBody | null }>(`/v1/rescores/${id}`);
      if (now.state === state) return now;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the rescore never was ${state}`);
  };
  expect((await until('ready')).summary).toMatchObject({ judged: 1, changed: 1 });
  expect((await world.api<CallBody>(`/v1/calls/${call}`)).outcome).toMatchObject({ billable: 'yes' });
  await world.api(`/v1/rescores/${id}/decision`, { body: { decision: 'publish' } });
  await until('published');
  expect((await world.api<CallBody>(`/v1/calls/${call}`)).outcome).toMatchObject({
    billable: 'no',
    billable_reason: 'none',
    scorecard_version: draft.version,
  });
  const again = await send(`/v1/rescores/${id}/decision`, { decision: 'drop' });
  expect(again.status).toBe(409);
});
