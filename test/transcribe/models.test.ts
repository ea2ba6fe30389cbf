import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSafeFetch } from '../../src/lib/safe-fetch.ts';
import { addModel } from '../../src/transcribe/models/add-model.ts';
import type { CatalogueModel } from '../../src/transcribe/models/catalogue.ts';
import { findModels, findVad } from '../../src/transcribe/models/find-models.ts';
import { listModels } from '../../src/transcribe/models/list-models.ts';
import { ModelError } from '../../src/transcribe/models/model-error.ts';
import { pullModel } from '../../src/transcribe/models/pull-model.ts';
import { modelFolder, modelsDir } from './models-dir.ts';

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-data-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Serves the toy model's files with ranges; the first answer for the model breaks off after `breakAfter` bytes. */
async function fileServer(breakAfter: number | null) {
  const ranges: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const file = await readFile(join(modelFolder('toy-ctc'), request.url!.slice(1)));
    if (request.url !== '/model.onnx') return response.writeHead(200).end(file);
    ranges.push(request.headers.range);
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': file.length - from });
    if (breakAfter === null || ranges.length > 1) return response.end(file.subarray(from));
    response.write(file.subarray(0, breakAfter), () => setTimeout(() => response.destroy(), 50));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const safeFetch = createSafeFetch({ allowHosts: [host] });
  onTestFinished(() => safeFetch.close());
  return { url: `http://${host}`, safeFetch, ranges };
}

function toyEntry(url: string, sha256: string | null = null): CatalogueModel {
  return {
    name: 'toy',
    kind: 'nemo-ctc',
    files: [
      { name: 'tokens.txt', sha256: null },
      { name: 'model.onnx', sha256 },
    ],
    megabytes: 1,
    licence: 'test',
    languages: [],
    accuracy: 'none',
    url,
  };
}

describe.skipIf(!modelsDir)('speech models', () => {
  it('adds a folder that loads, once', async () => {
    const data = await dataFolder();
    const added = await addModel(modelFolder('toy-ctc'), data);
    expect(added).toMatchObject({
      name: 'toy-ctc',
      kind: 'nemo-ctc',
      folder: join(data, 'models', 'toy-ctc'),
    });
    await addModel(modelFolder('toy-ctc'), data);
    expect((await readdir(join(data, 'models'))).sort()).toEqual(['silero_vad.onnx', 'toy-ctc']);
    expect(await findVad([join(data, 'models')])).toBe(join(data, 'models', 'silero_vad.onnx'));
    expect((await findModels([join(data, 'models')])).map((model) => model.name)).toEqual(['toy-ctc']);
  });

  it('refuses a folder without a model, and one that does not load', async () => {
    const data = await dataFolder();
    await expect(addModel(tmpdir(), data)).rejects.toBeInstanceOf(ModelError);
    const broken = await dataFolder();
    for (const name of ['tokens.txt', 'model.onnx']) {
      const bytes = await readFile(join(modelFolder('toy-ctc'), name));
      // the metadata at its end stays, so that the model is recognised
      await writeFile(join(broken, name), name === 'model.onnx' ? bytes.subarray(200) : bytes);
    }
    await expect(addModel(broken, data)).rejects.toThrow(/does not load/);
    expect(await findModels([join(data, 'models')])).toEqual([]);
  });

  it('pulls a model, tells how far it is, and records the hashes', async () => {
    const data = await dataFolder();
    const { url, safeFetch } = await fileServer(null);
    const progress: string[] = [];
    const entry = toyEntry(url);
    const model = await pullModel('toy', data, safeFetch, {
      entry,
      onProgress: ({ file }) => progress.push(file),
    });
    expect(model).toMatchObject({ name: 'toy', folder: join(data, 'models', 'toy') });
    expect(new Set(progress)).toEqual(new Set(['tokens.txt', 'model.onnx']));
    const hashes = JSON.parse(await readFile(join(model.folder, 'sha256.json'), 'utf8'));
    const file = await readFile(join(model.folder, 'model.onnx'));
    expect(hashes['model.onnx']).toBe(createHash('sha256').update(file).digest('hex'));
  });

  it('goes on where a download broke off', async () => {
    const data = await dataFolder();
    const { url, safeFetch, ranges } = await fileServer(300);
    const entry = toyEntry(url);
    await expect(pullModel('toy', data, safeFetch, { entry })).rejects.toThrow();
    expect(await findModels([join(data, 'models')])).toEqual([]);
    await pullModel('toy', data, safeFetch, { entry });
    expect(ranges).toEqual([undefined, 'bytes=300-']);
    expect((await findModels([join(data, 'models')])).map((model) => model.name)).toEqual(['toy']);
  });

  it('keeps no file whose hash is not the published one', async () => {
    const data = await dataFolder();
    const { url, safeFetch } = await fileServer(null);
    const work = pullModel('toy', data, safeFetch, { entry: toyEntry(url, '0'.repeat(64)) });
    await expect(work).rejects.toThrow(/not the published file/);
    expect(await readdir(join(data, 'models', '.pulling-toy'))).toEqual(['tokens.txt']);
  });

  it('knows no other names than those of its catalogue', async () => {
    const { safeFetch } = await fileServer(null);
    await expect(pullModel('nobody', await dataFolder(), safeFetch)).rejects.toBeInstanceOf(ModelError);
  });

  it('lists what is installed first, then what could be pulled', async () => {
    const listed = await listModels([modelsDir!]);
    const installed = listed.filter((model) => model.installed).map((model) => model.name);
    expect(installed.slice(0, 1)).toEqual(['zipformer-en-3.3m']);
    expect(listed.findIndex((model) => !model.installed)).toBe(installed.length);
    expect(listed.filter((model) => model.isDefault)).toHaveLength(1);
  });
});
