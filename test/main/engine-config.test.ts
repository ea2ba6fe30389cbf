import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../src/lib/log.ts';
import { composeTranscribers, defaultOrder } from '../../src/main/compose-transcribers.ts';
import { readConfig } from '../../src/main/config.ts';
import { readEngineSettings } from '../../src/main/engine-settings.ts';

const log = createLog('silent');

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-engines-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
async function enginesOf(environment: Record<string, string>, order: Parameters<typeof composed>[1] = null) {
  return composed({ ARIA_DATA_DIR: await dataFolder(), ...environment }, order);
}
async function composed(
  environment: Record<string, string>,
  order: ('local' | 'openai' | 'deepgram' | 'assemblyai')[] | null,
) {
  const transcribers = composeTranscribers(readConfig(environment), { log });
  onTestFinished(transcribers.stop);
  return (await transcribers.engines(order)).map(({ name }) => name);
}
const providers = {
  ARIA_DEEPGRAM_KEY: 'k1',
  ARIA_ASSEMBLYAI_KEY: 'k2',
  ARIA_TRANSCRIBE_URL: 'https://x.example/v1',
};

describe('settings of speech engines', () => {
  it('asks what is set up, in the order of the installation or the one that is wanted', async () => {
    expect(await enginesOf({})).toEqual([]);
    expect(await enginesOf(providers)).toEqual(['openai', 'deepgram', 'assemblyai']);
    expect(await enginesOf({ ...providers, ARIA_ENGINES: 'assemblyai, local' })).toEqual(['assemblyai']);
    expect(await enginesOf(providers, ['local', 'deepgram', 'openai'])).toEqual(['deepgram', 'openai']);
  });

  it('refuses engines and prices that it does not know', () => {
    expect(() => readConfig({ ARIA_ENGINES: 'local,whisper' })).toThrow(/ARIA_ENGINES/);
    expect(() => readConfig({ ARIA_TRANSCRIBE_PRICES: 'local=1' })).toThrow(/local=1/);
    expect(() => readConfig({ ARIA_TRANSCRIBE_PRICES: 'openai=-1' })).toThrow(/openai=-1/);
    expect(defaultOrder(readConfig({ ARIA_ENGINES: 'local,openai' }))).toEqual(['local', 'openai']);
    const { ARIA_TRANSCRIBE_PRICES: prices } = readConfig({
      ARIA_TRANSCRIBE_PRICES: 'openai=0.006,deepgram=0.0043',
    });
    expect(prices).toEqual({ openai: '0.006', deepgram: '0.0043' });
  });

  it('says what is missing, and no key', async () => {
    const config = readConfig({ ARIA_DATA_DIR: await dataFolder(), ARIA_DEEPGRAM_KEY: 'sk-very-secret' });
    const engines = await readEngineSettings(config);
    expect(engines.map(({ name, missing }) => [name, missing === null])).toEqual([
      ['openai', false],
      ['deepgram', true],
      ['assemblyai', false],
      ['local', false],
    ]);
    expect(JSON.stringify(engines)).not.toContain('secret');
  });

  it('names a chosen model that is not there', async () => {
    const data = await dataFolder();
    await mkdir(join(data, 'models'));
    await writeFile(join(data, 'models', 'in-use.json'), 'no JSON');
    const local = async (environment: Record<string, string>) =>
      (await readEngineSettings(readConfig({ ARIA_DATA_DIR: data, ...environment }))).at(-1)!;
    expect((await local({})).missing).toMatch(/npx aria models pull/);
    expect((await local({ ARIA_MODEL: 'nobody' })).missing).toMatch(/no model in/);
  });

  it('gives other fingerprints to other keys', async () => {
    const data = await dataFolder();
    const settings = async (key: string) => {
      const config = readConfig({ ARIA_DATA_DIR: data, ARIA_DEEPGRAM_KEY: key });
      return (await readEngineSettings(config)).find(({ name }) => name === 'deepgram')!.settings;
    };
    expect(await settings('a')).toBe(await settings('a'));
    expect(await settings('a')).not.toBe(await settings('b'));
  });
});
