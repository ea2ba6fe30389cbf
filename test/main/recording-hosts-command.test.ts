import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { databaseForTest } from '../support/database.ts';
import { emptyFolder, runCli } from './run-cli.ts';

test('a credential is set from a file, listed without its value, sealed anew and forgotten', async () => {
  const { url, db } = await databaseForTest();
  const folder = await emptyFolder();
  const env = { DATABASE_URL: url, ARIA_DATA_DIR: folder };
  const file = join(folder, 'secret.env');
  await writeFile(file, 'RECORDING_SECRET="tk_9f secret"\n');
  const said = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(['connection', ...args], env);
    return code === 0 ? stdout : `refused: ${stderr}`;
  };
  await said('create', '--name', 'one', '--time-zone', 'UTC');
  const set = (...more: string[]) => said('recording-auth', 'set', 'one', '--host', 'rec.m.example', ...more);
  const saved = await set('--kind', 'basic', '--user', 'me', '--env-file', file, '--json');
  expect(JSON.parse(saved)).toMatchObject({ host: 'rec.m.example', auth: 'basic', rerun: 0 });
  const [kind, host, list, tls] = await Promise.all([
    set('--kind', 'cookie', '--env-file', file),
    said('recording-auth', 'set', 'one', '--host', '*', '--kind', 'bearer', '--env-file', file),
    said('recording-auth', 'list', 'one'),
    said('recording-host', 'set', 'one', '--host', 'own.example:8443', '--insecure'),
  ]);
  expect(kind).toMatch(/^refused: --kind: cookie is none of bearer/);
  expect(host).toMatch(/^refused: --host: \* is no host/);
  expect(list).toContain('basic');
  expect(tls).toContain('CERTIFICATES NOT CHECKED');
  const sealed = async () =>
    (
      await sql<{
        auth_sealed: Buffer;
      }>`select auth_sealed from recording_host where auth_sealed is not null`.execute(db)
    ).rows[0]!.auth_sealed;
  const before = await sealed();
  expect(await said('recording-auth', 'rotate-key')).toContain('1 credentials');
  expect((await sealed()).equals(before)).toBe(false);
  expect(`${saved}${list}${tls}`).not.toContain('tk_9f');
}, 120_000);
