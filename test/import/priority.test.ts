import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { startQueue } from '../../src/pipeline/queue.ts';
import { startRelay } from '../../src/pipeline/relay.ts';
import { startStage } from '../../src/pipeline/run-stage.ts';
import { buildCall, buildConnection, insert } from '../report/build-calls.ts';
import { databaseForTest } from '../support/database.ts';

test('jobs of imported calls go behind live ones, and so do the stages that follow', async () => {
  const { db, url } = await databaseForTest();
  const connection = await buildConnection(db);
  const priorities = new Map<string, number>();
  for (const priority of [-1, 0, -1, 0]) {
    const { id } = await buildCall(db, connection);
    await insert(db, 'call_stage', { call_id: id, stage: 'recording', state: 'waiting', priority });
    priorities.set(id, priority);
  }
  const boss = await startQueue(url, () => undefined);
  onTestFinished(() => boss.stop({ graceful: false }));
  const relay = startRelay({
    db,
    boss,
    wake: async () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(relay.stop);
  const waiting = () => sql`select from call_stage where state = 'waiting'`.execute(db);
  const deadline = Date.now() + 20_000;
  while ((await waiting()).rows.length > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const order: (number | undefined)[] = [];
  for (let i = 0; i < 4; i++) {
    // one at a time, as the workers do
    const [job] = await boss.fetch<{ callId: string }>('recording');
    order.push(priorities.get(job!.data.callId));
  }
  expect(order).toEqual([0, 0, -1, -1]);

  const [imported] = [...priorities].find(([, priority]) => priority === -1)!;
  await startStage(db, imported, 'transcribe', 'recording');
  const { rows } = await sql<{ priority: number }>`
    select priority from call_stage where call_id = ${imported} and stage = 'transcribe'`.execute(db);
  expect(rows).toEqual([{ priority: -1 }]);
  // asked for by a person: at once
  await startStage(db, imported, 'transcribe');
  const again = await sql<{ priority: number }>`
    select priority from call_stage where call_id = ${imported} and stage = 'transcribe'`.execute(db);
  expect(again.rows).toEqual([{ priority: 0 }]);
});
