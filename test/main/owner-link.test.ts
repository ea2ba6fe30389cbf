import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/main/config.ts';
import { runAria } from '../../src/main/run-aria.ts';
import { databaseForTest } from '../support/database.ts';
import { emptyFolder } from './run-cli.ts';

test('a second start leaves the link of the first one good', async () => {
  const { url } = await databaseForTest();
  const config = readConfig({
    ARIA_PORT: '0',
    ARIA_DATA_DIR: await emptyFolder(),
    DATABASE_URL: url,
    ARIA_LOG_LEVEL: 'error',
  });
  const start = async () => {
    const said: string[] = [];
    const aria = await runAria(config, ['serve'], (text) => said.push(text));
    return { ...aria, said: said.join('\n') };
  };
  const first = await start();
  await first.stop();
  const token = /token=(\S+)/.exec(first.said)![1];

  const second = await start();
  onTestFinished(second.stop);
  expect(second.said).toContain('the link that was printed before');
  expect(second.said).not.toContain('token=');
  const answer = await fetch(`${second.url}/v1/owner`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, name: 'O', email: 'o@example.com', password: 'long enough a word' }),
  });
  expect(answer.status).toBe(201);
});
