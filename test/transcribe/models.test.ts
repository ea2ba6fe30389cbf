import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createSafeFetch } from '../../src/lib/safe-fetch.ts';
import { addModel } from '../../src/transcribe/models/add-model.ts';
import { pullVad } from '../../src/transcribe/models/add-vad.ts';
import { type CatalogueModel, defaultModel } from '../../src/transcribe/models/catalogue.ts';
import { findModels, findVad } from '../../src/transcribe/models/find-models.ts';
import { listModels } from '../../src/transcribe/models/list-models.ts';
import { ModelError } from '../../src/transcribe/models/model-error.ts';
import { readModelInUse, writeModelInUse } from '../../src/transcribe/models/model-in-use.ts';
import { pullModel } from '../../src/transcribe/models/pull-model.ts';
import { modelFolder, modelsDir } from './models-dir.ts';

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-data-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An archive of the toy model, packed as the release page does. */
async function packToy(name = 'toy-ctc'): Promise<string> {
  const folder = await dataFolder();
  await cp(modelFolder('toy-ctc'), join(folder, name), { recursive: true });
  const path = join(folder, `${name}.tar.bz2`);
  execFileSync('tar', ['-cjf', path, '-C', folder, name]);
  return path;
}

/** Serves an archive with ranges; the first answer breaks off after `breakAfter` bytes. */
async function fileServer(breakAfter: number | null) {
  const archive = await packToy('toy');
  const ranges: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const file = await readFile(archive);
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
  return { url: `http://${host}/toy.tar.bz2`, safeFetch, ranges, archive };
}

function toyEntry(url: string, sha256: string | null = null): CatalogueModel {
  return {
    name: 'toy',
    kind: 'nemo-ctc',
    archive: { url, bytes: null, sha256 },
    licence: 'test',
    languages: [],
    wordTimes: true,
    accuracy: 'none',
  };
}

describe.skipIf(!modelsDir)('speech models', () => {
  it('adds a folder that loads, once', async () => {
    const data = await dataFolder();
    const added = await addModel(modelFolder('toy-ctc'), data);
    expect(added.model).toMatchObject({
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
    const { url, safeFetch, archive } = await fileServer(null);
    const bytes = await readFile(archive);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const progress: number[] = [];
    const pulled = await pullModel('toy', data, safeFetch, {
      entry: toyEntry(url, sha256),
      onProgress: (seen) => progress.push(seen.bytes),
    });
    expect(pulled).toMatchObject({ sha256, pinned: true });
    expect(pulled.model).toMatchObject({ name: 'toy', folder: join(data, 'models', 'toy') });
    expect(progress.at(-1)).toBe(bytes.length);
    const record = JSON.parse(await readFile(join(pulled.model.folder, 'sha256.json'), 'utf8'));
    expect(record).toEqual({ archive: 'toy.tar.bz2', sha256, pinned: true });
    expect((await readdir(join(data, 'models'))).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('says that nobody pinned what it pulled', async () => {
    const { url, safeFetch } = await fileServer(null);
    const pulled = await pullModel('toy', await dataFolder(), safeFetch, { entry: toyEntry(url) });
    expect(pulled.pinned).toBe(false);
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
    expect(await readdir(join(data, 'models', '.pulling-toy'))).toEqual([]);
    expect(await findModels([join(data, 'models')])).toEqual([]);
  });

  it('knows no other names than those of its catalogue', async () => {
    const { safeFetch } = await fileServer(null);
    await expect(pullModel('nobody', await dataFolder(), safeFetch)).rejects.toBeInstanceOf(ModelError);
  });

  it('adds an archive, and no other file under a known name', async () => {
    const data = await dataFolder();
    const { model, origin } = await addModel(await packToy(), data);
    expect(model).toMatchObject({ name: 'toy-ctc', folder: join(data, 'models', 'toy-ctc') });
    expect(origin).toBe('unknown');
    await expect(addModel(await packToy(defaultModel), data)).rejects.toThrow(/not the published file/);
    expect((await readdir(join(data, 'models'))).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('says why an archive cannot be unpacked', async () => {
    const data = await dataFolder();
    const broken = join(data, 'model.tar.bz2');
    await writeFile(broken, 'no archive');
    await expect(addModel(broken, data)).rejects.toThrow(/cannot be unpacked/);
    await expect(addModel(join(data, 'nowhere.tar.bz2'), data)).rejects.toThrow(/cannot be read/);
    const empty = join(data, 'empty.tar');
    execFileSync('tar', ['-cf', empty, '-T', '/dev/null']);
    await expect(addModel(empty, data)).rejects.toThrow(/holds no speech model/);
  });

  it('remembers the model that was chosen', async () => {
    const data = await dataFolder();
    expect(await readModelInUse(data)).toBeNull();
    await writeModelInUse(data, 'toy-ctc');
    expect(await readModelInUse(data)).toBe('toy-ctc');
    await writeModelInUse(data, null);
    expect(await readModelInUse(data)).toBeNull();
  });

  it('keeps no voice detector that is not the published one', async () => {
    const data = await dataFolder();
    const { url, safeFetch } = await fileServer(null);
    await expect(pullVad(data, safeFetch, { url, sha256: '0'.repeat(64) })).rejects.toThrow(
      /not the published/,
    );
    expect(await findVad([join(data, 'models')])).toBeNull();
  });

  it('lists what is installed first, then what could be pulled', async () => {
    const listed = await listModels([modelsDir!]);
    const installed = listed.filter((model) => model.installed).map((model) => model.name);
    expect(installed.slice(0, 1)).toEqual(['zipformer-en-3.3m']);
    expect(listed.findIndex((model) => !model.installed)).toBe(installed.length);
    expect(listed.filter((model) => model.is_default)).toHaveLength(1);
  });
});
