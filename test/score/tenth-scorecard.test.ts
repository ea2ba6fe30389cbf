import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { startJudgingWorld } from './judging-world.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const example = (name: string) => join(root, 'docs/examples', name);

/** The steps of docs/scorecards.md by which a tenth vertical is added: one YAML file, no code. */
test('a tenth scorecard is checked, tested, tried, published and assigned by its file alone', async () => {
  const database = await createTestDatabase();
  const dataFolder = await mkdtemp(join(tmpdir(), 'aria-tenth-'));
  const aria = async (...args: string[]) => {
    const env = { PATH: process.env.PATH, DATABASE_URL: database.url, ARIA_DATA_DIR: dataFolder };
    const { stdout } = await run(process.execPath, ['src/main/cli.ts', ...args], { cwd: root, env });
    return stdout;
  };
  try {
    const file = join(dataFolder, 'pest-control.yaml');
    await copyFile(example('pest-control.yaml'), file);

    // a fault names file, line and fix
    const faulty = (await readFile(file, 'utf8')).replace('weight: 2', 'wieght: 2');
    await mkdir(join(dataFolder, 'faulty'));
    await writeFile(join(dataFolder, 'faulty', 'pest-control.yaml'), faulty);
    const refusal = await aria('scorecard', 'check', join(dataFolder, 'faulty')).catch(
      (error) => error.stderr,
    );
    expect(refusal).toMatch(/pest-control\.yaml:11: criteria\.0: .*wieght.*; wieght: write weight/);

    expect(await aria('scorecard', 'check', dataFolder)).toContain('pest_control');
    const calls = example('pest-control.jsonl');
    const tested = await aria(
      'scorecard',
      'test',
      'pest_control',
      '--folder',
      dataFolder,
      '--calls',
      calls,
      '--strict',
    );
    expect(tested).toContain('2 labelled calls');
    expect(tested).toContain('passed');

    expect(JSON.parse(await aria('scorecard', 'draft', file, '--json'))).toMatchObject({
      scorecard: 'pest_control',
      state: 'draft',
    });
    expect(await aria('scorecard', 'publish', 'pest_control')).toContain('is in force');

    const world = await startJudgingWorld(database.db);
    const call = await world.addCall({
      vertical: 'Exterminator',
      lines: [
        'A: Bug Off on a recorded line, this is Al.',
        "C: Hi, I've got mice in the attic.",
        'A: Do you own or rent?',
        'C: I rent.',
        'A: Okay, so we need the landlord to call us.',
      ],
    });
    await world.score(call);
    expect(await world.readCall(call)).toMatchObject({
      prospect: 'unqualified',
      reason: 'owner_or_authorized',
      billable: 'no',
      billable_reason: 'not_wanted',
    });

    const rules = await aria('scorecard', 'rules', 'add', 'pest_control', '--buyer', 'Acme', '--json');
    expect(JSON.parse(rules)).toMatchObject({ rules: [{ buyer_name: 'Acme', scorecard: 'pest_control' }] });
    const summary = JSON.parse(await aria('rescore', '--json'));
    expect(summary).toMatchObject({ state: 'ready', total: 1, summary: { judged: 1, changed: 0 } });
  } finally {
    await database.drop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}, 300_000);
