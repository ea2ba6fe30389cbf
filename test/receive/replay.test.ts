import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { ReplayBody } from '../../src/contract/replays.ts';
import { factsOnly } from '../../src/domain/stage.ts';
import { createNormalize } from '../../src/main/normalize-for.ts';
import { runReplayCommand } from '../../src/main/run-replay-command.ts';
import { mergeEvents } from '../../src/normalize/merge.ts';
import {
  cancelReplay,
  claimReplay,
  createReplay,
  finishReplay,
  ReplayTaken,
  releaseReplay,
} from '../../src/receive/replay/replay-store.ts';
import { runReplay } from '../../src/receive/replay/run-replay.ts';
import { getReplay } from '../../src/report/replay-list.ts';
import { replayed } from '../support/replayed.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
});
afterAll(() => world.stop());

const calls = 600;
/** More events than one batch takes, two of each call, in arrays as the webhook takes them. */
async function connectWithEvents(): Promise<ConnectionSecretBody> {
  const connection = await world.connect({ platform: 'generic' });
  for (const event of ['completed', 'disposition']) {
    for (let at = 0; at < calls; at += 300) {
      const items = Array.from({ length: 300 }, (_, i) => ({
        call_instance_id: `c${at + i}`,
        event,
        Ertrag: String(at + i),
      }));
      const response = await fetch(`${world.url}/v1/events/${connection.connection_id}`, {
        method: 'POST',
        headers: { 'x-api-key': connection.api_key, 'content-type': 'application/json' },
        body: JSON.stringify(items),
      });
      expect(response.status).toBe(202);
    }
  }
  await world.api(`/v1/connections/${connection.connection_id}/mapping`, {
    method: 'PUT',
    body: { aliases: { Ertrag: 'revenue' } },
  });
  return connection;
}

const quiet = { onProgress: () => undefined };
const deps = () => ({
  db: world.db,
  merge: mergeEvents,
  normalize: createNormalize(),
  waiting: () => 0,
});
const all = (connection: ConnectionSecretBody, dryRun: boolean) => ({
  connectionId: connection.connection_id,
  from: null,
  to: null,
  dryRun,
});
const readRevenue = async (connection: ConnectionSecretBody) => {
  const { rows } = await sql<{ calls: number; known: number; right: number; events: number }>`
    select count(*) as calls, count(revenue) as known, count(*) filter (where 'c' || revenue = call_instance_id) as right,
      sum(event_count)::int as events
    from call where connection_id = ${connection.connection_id}`.execute(world.db);
  return rows[0]!;
};

test.each([{ dryRun: false }, { dryRun: true }])(
  'a replay that is stopped goes on where it stood, and counts nothing twice (%o)',
  async ({ dryRun }) => {
    const connection = await connectWithEvents();
    // held back from the running server: as if its process had died while it was at it
    const id = await createReplay(world.db, { ...all(connection, dryRun), createdBy: 'test' });
    let task = await claimReplay(world.db, id);
    let stops = 0;
    while (task) {
      const stopping = new AbortController();
      const onProgress = () => stopping.abort();
      if (await runReplay(task, { ...deps(), signal: stopping.signal, onProgress })) {
        await finishReplay(world.db, id, null);
        break;
      }
      stops++;
      await sql`update replay set touched_at = now() - interval '1 minute' where id = ${id}`.execute(
        world.db,
      );
      task = await claimReplay(world.db, id);
    }
    expect(stops).toBeGreaterThanOrEqual(3);
    const done = (await getReplay(world.db, id))!;
    expect(done).toMatchObject({
      state: 'done',
      total: 2 * calls,
      events: 2 * calls,
      changed: 2 * calls,
      calls,
    });
    expect(await readRevenue(connection)).toEqual(
      dryRun
        ? { calls, known: 0, right: 0, events: 2 * calls }
        : { calls, known: calls, right: calls, events: 2 * calls },
    );
    if (dryRun) {
      expect(done).toMatchObject({ compared: calls, changed_calls: calls });
      expect(done.fields).toEqual({ revenue: calls, 'extra.Ertrag': calls });
      expect(new Set(done.changes.map((change) => change.call_id)).size).toBe(200);
    }
    const { rows } = await sql`select from replay_call where replay_id = ${id}`.execute(world.db);
    expect(rows).toEqual([]);
  },
);

test('a serving Aria takes up what a process that died had begun, and a command follows it', async () => {
  const connection = await connectWithEvents();
  const id = await createReplay(world.db, { ...all(connection, false), createdBy: 'command' });
  expect(await claimReplay(world.db, id)).not.toBeNull();
  await sql`update replay set touched_at = now() - interval '1 minute' where id = ${id}`.execute(world.db);
  const followed = await runReplayCommand(world.db, all(connection, false), {
    ...quiet,
    signal: new AbortController().signal,
  });
  expect(followed).toMatchObject({ id, state: 'done', changed: 2 * calls, calls });
  expect(await readRevenue(connection)).toMatchObject({ right: calls });
});

test('outcomes of calls that a replay reads otherwise are decided again; others are left alone', async () => {
  const connection = await connectWithEvents();
  await sql`insert into call_stage (call_id, stage, state, error_code)
    select c.id, 'score', s.state, s.code from call c
    join (values ('c1', 'failed', 'interrupted'), ('c2', 'done', null), ('c3', 'failed', 'score.bad-answer'))
      s(call, state, code) on s.call = c.call_instance_id
    where c.connection_id = ${connection.connection_id}`.execute(world.db);
  const stages = async () =>
    (
      await sql<{ state: string; input: string | null; run: number }>`
        select s.state, s.input, s.run from call_stage s join call c on c.id = s.call_id
        where c.connection_id = ${connection.connection_id} order by c.call_instance_id`.execute(world.db)
    ).rows;
  const replay = () =>
    runReplayCommand(world.db, all(connection, false), { ...quiet, signal: new AbortController().signal });
  await replay();
  const decidedAgain = [
    { state: 'failed', input: null, run: 1 },
    { state: 'waiting', input: factsOnly, run: 2 },
    { state: 'waiting', input: null, run: 2 },
  ];
  expect(await stages()).toEqual(decidedAgain);
  await replay();
  expect(await stages()).toEqual(decidedAgain);
});

test('who lost a replay to another process, or to somebody who stopped it, writes nothing more', async () => {
  const connection = await connectWithEvents();
  const id = await createReplay(world.db, { ...all(connection, false), createdBy: 'test' });
  const task = (await claimReplay(world.db, id))!;
  expect(await cancelReplay(world.db, id)).toBe(true);
  const run = runReplay(task, { ...deps(), signal: new AbortController().signal });
  await expect(run).rejects.toThrow(ReplayTaken);
  expect(await readRevenue(connection)).toMatchObject({ known: 0 });
  expect(await cancelReplay(world.db, id)).toBe(false);
  await releaseReplay(world.db, id);
  expect(await getReplay(world.db, id)).toMatchObject({ state: 'cancelled', events: 0 });
});

test('over HTTP a replay is asked for, listed, and told how far it is', async () => {
  const connection = await connectWithEvents();
  const path = `/v1/connections/${connection.connection_id}`;
  const asked = await world.api<ReplayBody>(`${path}/replay`, { body: { dry_run: false } });
  expect(asked).toMatchObject({ dry_run: false, created_by: 'test' });
  expect(await replayed(world, asked)).toMatchObject({ state: 'done', events: 2 * calls, calls });
  const { items } = await world.api<{ items: ReplayBody[] }>(`${path}/replays`);
  expect(items.map((item) => [item.id, item.state])).toEqual([[asked.id, 'done']]);
  await expect(world.api(`/v1/replays/${asked.id}/cancel`, { method: 'POST' })).rejects.toThrow('409');
  await expect(world.api('/v1/replays/rpl_none')).rejects.toThrow('404');
  await expect(world.api('/v1/connections/con_none/replay', { body: {} })).rejects.toThrow('404');
});

test('events that arrive while one is replayed are neither lost nor counted twice', async () => {
  const connection = await connectWithEvents();
  const stopping = new AbortController();
  const id = await createReplay(world.db, { ...all(connection, false), createdBy: 'test' });
  const task = (await claimReplay(world.db, id))!;
  const sending = (async () => {
    for (let i = 0; i < 100; i++) {
      await world.send(connection, {
        call_instance_id: `c${i * 6}`,
        event: 'disposition',
        publisher_name: 'P',
      });
    }
  })();
  expect(await runReplay(task, { ...deps(), signal: stopping.signal })).toBe(true);
  await finishReplay(world.db, id, null);
  await sending;
  expect(await readRevenue(connection)).toEqual({
    calls,
    known: calls,
    right: calls,
    events: 2 * calls + 100,
  });
  const { rows } = await sql`
    select from call where connection_id = ${connection.connection_id} and publisher_name = 'P'`.execute(
    world.db,
  );
  expect(rows).toHaveLength(100);
});
