import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { completion, startModelServer } from './model-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const call = (
  id: string,
  company: string,
) => `# ${id} | solar | stereo | prospect=unqualified reason=owns_home
A: ${company} on a recorded line, this is Mona. {rd=yes}
C: Hi, I want to ask about solar panels for the house.
A: Do you own the home?
C: No, I rent it. {owns=no}
A: Okay, then we need the owner on the line.
C: Alright, I will let her know about it tonight.
`;

test('measuring a model judge goes on after a failed request and counts the call as unanswered', async () => {
  const claims = {
    answers: [
      {
        criterion: 'owns_home',
        value: 'no',
        confidence: 0.9,
        quotes: [{ turn: 3, quote: 'No, I rent it.' }],
      },
    ],
    disqualifier: null,
    result: { value: 'none', quotes: [] },
    flags: [],
  };
  const server = await startModelServer(({ messages }) =>
    JSON.stringify(messages).includes('Sunridge')
      ? { status: 403, body: '{"error":{"message":"the model may not be used"}}' }
      : completion(JSON.stringify(claims)),
  );
  const folder = await mkdtemp(join(tmpdir(), 'eval-'));
  const set = join(folder, 'calls.txt');
  await writeFile(set, call('x-1', 'Sunridge') + call('x-2', 'Sun Path'));
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ['bench/eval-judge.ts', '--set', set, '--judge', 'model', '--json'],
      { cwd: root, env: { ...process.env, ARIA_JUDGE_URL: server.url, ARIA_JUDGE_MODEL: 'm' } },
    );
    expect(stderr).toContain('x-1: unanswered');
    expect(stderr).not.toContain('x-2');
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ calls: 2, unanswered: 1, criteria: { given: 1, precision: 1 } });
    expect(report.prospect.confusion).toBeDefined();
    expect(report.prospect.accuracy).toBe(0.5);
  } finally {
    server.stop();
    await rm(folder, { recursive: true });
  }
}, 60_000);
