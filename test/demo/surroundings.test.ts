import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { forgetProcesses, makeFreshFolder, noteProcesses } from '../../demo/data-folder.ts';
import { choosePort } from '../../demo/free-port.ts';
import { type LocalServer, listen } from '../../demo/local-server.ts';
import { chooseSpeech } from '../../demo/speech.ts';

/** No process has this id: Linux ends at 2^22. */
const nobody = 2 ** 22 + 1;

describe('the data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'aria-demo-test-')), 'demo-data');
    await makeFreshFolder(folder);
    await writeFile(join(folder, 'old'), '');
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  test('is made anew', async () => {
    await makeFreshFolder(folder);
    expect(existsSync(folder)).toBe(true);
    expect(existsSync(join(folder, 'old'))).toBe(false);
  });

  test('is left alone while another demo runs in it', async () => {
    await noteProcesses(folder, { demo: process.pid, aria: nobody });
    await expect(makeFreshFolder(folder)).rejects.toThrow(`process ${process.pid}`);
    expect(existsSync(join(folder, 'old'))).toBe(true);
  });

  test('is taken from a demo that died, and from one that ended', async () => {
    await noteProcesses(folder, { demo: nobody, aria: nobody });
    await makeFreshFolder(folder);
    await noteProcesses(folder, { demo: process.pid, aria: process.pid });
    await forgetProcesses(folder);
    await makeFreshFolder(folder);
  });
});

describe('the port', () => {
  let taken: LocalServer;
  beforeEach(async () => {
    taken = await listen(createServer());
  });
  afterEach(() => taken.close());

  test('is the wished one when it is free', async () => {
    await taken.close();
    expect(await choosePort(taken.port, true)).toBe(taken.port);
    taken = await listen(createServer());
  });

  test('is another one when the usual one is taken', async () => {
    expect(await choosePort(taken.port, false)).not.toBe(taken.port);
  });

  test('is not changed behind the back of who asked for it', async () => {
    await expect(choosePort(taken.port, true)).rejects.toThrow(
      `Port ${taken.port} cannot be used (EADDRINUSE)`,
    );
  });
});

describe('speech', () => {
  const provider: LocalServer = { host: 'h', port: 1, url: 'http://h:1', close: async () => undefined };

  test('is listened to where a model is installed', () => {
    const { settings } = chooseSpeech('small-en', '/models', provider);
    expect(settings).toEqual({ ARIA_MODELS_DIR: '/models' });
  });

  test('is simulated elsewhere, said and marked', () => {
    const { settings, told } = chooseSpeech(null, '/models', provider);
    expect(settings).toMatchObject({
      ARIA_TRANSCRIBE_URL: 'http://h:1/v1',
      ARIA_TRANSCRIBE_SIMULATED: 'true',
    });
    expect(told).toContain('SIMULATED');
  });
});
