import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { databaseForTest } from '../support/database.ts';
import { emptyFolder, runCli } from './run-cli.ts';

/** Runs it, and holds what every refusal has to be: a failure in few words, without a stack or SQL. */
async function refused(args: string[], env: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await runCli(args, env);
  expect(code, stdout).toBe(1);
  expect(stderr).not.toMatch(/^\s+at |node:internal|\bselect\b|\binsert into\b/im);
  return stderr;
}

/** The run's server, with something else in its address. */
function database(change: (url: string) => string): Record<string, string> {
  return { DATABASE_URL: change(inject('postgres')) };
}

test('a data folder that is a file, or lies under one', async () => {
  const file = join(await emptyFolder(), 'data');
  await writeFile(file, '');
  for (const ARIA_DATA_DIR of [file, join(file, 'deeper')]) {
    const said = await refused(['connection', 'list'], { ARIA_DATA_DIR });
    expect(said).toContain('a file is where a folder should be');
    expect(said).toContain('ARIA_DATA_DIR');
  }
});

test.skipIf(process.getuid?.() === 0)('a data folder that may not be written', async () => {
  const folder = await emptyFolder();
  await chmod(folder, 0o500);
  const said = await refused(['start'], { ARIA_DATA_DIR: join(folder, 'data') });
  expect(said).toContain('may not be used by this user');
});

test.each([
  [
    'password',
    database.bind(null, (url) => url.replace(/:[0-9a-f]+@/, ':wrong@')),
    'Check user and password',
  ],
  ['role', database.bind(null, (url) => url.replace('//aria:', '//nobody-here:')), 'Check user and password'],
  [
    'database',
    database.bind(null, (url) => url.replace('@/postgres?', '@/nowhere?')),
    '"nowhere" does not exist',
  ],
  [
    'host',
    () => ({ DATABASE_URL: 'postgres://a:b@no-such-host.invalid/x' }),
    'Check the host of DATABASE_URL',
  ],
  ['port', () => ({ DATABASE_URL: 'postgres://a:b@localhost:1/x' }), 'that the server runs'],
  ['kind of URL', () => ({ DATABASE_URL: 'mysql://a:b@localhost/x' }), 'expected a URL such as postgres://'],
])('a DATABASE_URL with a wrong %s', async (_what, env, advice) => {
  expect(await refused(['connection', 'list'], env())).toContain(advice);
});

test('an ARIA_HOST that is not of this machine', async () => {
  const { url } = await databaseForTest();
  const env = {
    DATABASE_URL: url,
    ARIA_DATA_DIR: await emptyFolder(),
    ARIA_PORT: '0',
    ARIA_HOST: '192.0.2.1',
  };
  expect(await refused(['serve'], env)).toContain('192.0.2.1 is no address of this machine');
});

test.each([
  ['ARIA_PORT', 'abc', 'expected a number'],
  ['ARIA_PORT', '4040.5', 'expected a whole number'],
  ['ARIA_PORT', '70000', 'expected at most 65535'],
  ['ARIA_MAX_RECORDING_MB', '-1', 'expected more than 0'],
  ['ARIA_LOG_LEVEL', 'loud', 'expected one of debug, info, warn, error, silent'],
  ['ARIA_ENGINES', 'local,ears', 'expected one of openai, deepgram, assemblyai, local'],
  ['ARIA_PUBLIC_URL', 'aria', 'expected an address such as https://aria.example.com'],
])('%s=%s', async (name, value, advice) => {
  expect(await refused(['connection', 'list'], { [name]: value })).toBe(`${name}: ${advice}\n`);
});

test('a mistyped option or command is told in few lines, with the likely one and where to read more', async () => {
  expect(await refused(['report', '--form', 'csv'], {})).toBe(
    "error: unknown option '--form'\n(Did you mean --from?)\n(add --help to see what it takes)\n",
  );
  expect(await refused(['repot'], {})).toContain('(Did you mean report?)');
});
