import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { muteAudio } from '../../src/lib/audio/mute-audio.ts';
import { silenceMuLawWav } from '../../src/lib/audio/silence-mu-law-wav.ts';
import { createLocalEngine, type LocalEngine } from '../../src/transcribe/local/local-engine.ts';
import { inspectModel } from '../../src/transcribe/models/inspect-model.ts';
import type { SpeechModel } from '../../src/transcribe/models/speech-model.ts';
import { modelFolder, modelsDir } from './models-dir.ts';
import { soundFile } from './sounds.ts';
import { transcriberConformance } from './transcriber-conformance.ts';

const never = new AbortController().signal;

async function engineFor(model: SpeechModel | null, workers = 1): Promise<LocalEngine> {
  if (!model) throw new Error('the test model is not there');
  const engine = createLocalEngine({ model, vad: null, workers });
  onTestFinished(engine.close);
  return engine;
}

/** The processes that this one has started and that still run. */
function children(): number[] {
  const text = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

async function waitFor<T>(look: () => T | null): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** A copy of the small model in which one file is cut short. */
async function damagedModel(): Promise<SpeechModel> {
  const folder = await mkdtemp(join(tmpdir(), 'aria-damaged-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const whole = await inspectModel(modelFolder('zipformer-en-3.3m'));
  const files: Record<string, string> = {};
  for (const [part, path] of Object.entries(whole!.files)) {
    files[part] = join(folder, `${part}.onnx`);
    await copyFile(path, files[part]);
  }
  const bytes = await readFile(files.decoder!);
  await writeFile(files.decoder!, bytes.subarray(0, bytes.length / 2));
  return { ...whole!, files };
}

describe.skipIf(!modelsDir)('local engine', () => {
  const toy = () => inspectModel(modelFolder('toy-ctc'));

  describe('as a transcriber', () => {
    transcriberConformance(async () => (await engineFor(await toy())).transcribe);
  });

  it('finds out how a model is built', async () => {
    expect((await toy())?.kind).toBe('nemo-ctc');
    expect((await inspectModel(modelFolder('zipformer-en-3.3m')))?.kind).toBe('streaming-transducer');
    expect(await inspectModel(tmpdir())).toBeNull();
  });

  it('survives a model file that brings the engine down', async () => {
    const engine = await engineFor(await damagedModel());
    const sound = await soundFile([[true, 1]]);
    const work = engine.transcribe({ ...sound, layout: 'mono' }, never);
    await expect(work).rejects.toMatchObject({ code: 'transcribe.engine-crashed', retry: 'park' });
  });

  it('goes on with a new process after one was stopped in mid-work', async () => {
    const engine = await engineFor(await toy());
    const sound = await soundFile([[true, 20]]);
    const abort = new AbortController();
    const work = engine.transcribe({ ...sound, layout: 'mono' }, abort.signal);
    abort.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
    const short = await soundFile([[true, 2]]);
    const raw = await engine.transcribe({ ...short, layout: 'mono' }, never);
    expect(raw.channels[0]!.segments.length).toBeGreaterThan(0);
  });

  it('hears with a streaming transducer through the same port', async () => {
    const heard = await (await engineFor(await inspectModel(modelFolder('zipformer-en-3.3m')))).transcribe(
      { ...(await soundFile([[false, 1]])), layout: 'mono' },
      never,
    );
    expect(heard).toMatchObject({ engine: 'local:zipformer-en-3.3m', channels: [{ segments: [] }] });
  });

  it('goes on with a new process after one was killed from outside', async () => {
    const engine = await engineFor(await toy());
    const before = children();
    const sound = await soundFile([[true, 300]]);
    const work = engine.transcribe({ ...sound, layout: 'mono' }, never);
    const [pid] = await waitFor(() => {
      const own = children().filter((child) => !before.includes(child));
      return own.length > 0 ? own : null;
    });
    process.kill(pid!, 'SIGKILL');
    await expect(work).rejects.toMatchObject({ code: 'transcribe.engine-crashed' });
    const short = await soundFile([[true, 2]]);
    const raw = await engine.transcribe({ ...short, layout: 'mono' }, never);
    expect(raw.channels[0]!.segments.length).toBeGreaterThan(0);
  });

  it('stops a process that takes more memory than it may, and says so', async () => {
    const model = (await toy())!;
    const engine = createLocalEngine({ model, vad: null, workers: 1, memoryMb: 1 });
    onTestFinished(engine.close);
    const sound = await soundFile([[true, 600]]);
    const work = engine.transcribe({ ...sound, layout: 'mono' }, never);
    await expect(work).rejects.toMatchObject({
      code: 'transcribe.engine-crashed',
      retry: 'park',
      detail: expect.stringMatching(/more than the 1 MB that it may/),
    });
  });

  it('ends a process that has nothing to do', async () => {
    const before = children();
    const engine = createLocalEngine({ model: (await toy())!, vad: null, workers: 1, idleSeconds: 0.2 });
    onTestFinished(engine.close);
    await engine.transcribe({ ...(await soundFile([[true, 1]])), layout: 'mono' }, never);
    await waitFor(() => (children().some((child) => !before.includes(child)) ? null : true));
  });

  it('ends its work before it retires', async () => {
    const before = children();
    const engine = await engineFor(await toy());
    const sound = await soundFile([[true, 30]]);
    const work = engine.transcribe({ ...sound, layout: 'mono' }, never);
    await engine.retire();
    expect((await work).channels[0]!.segments.length).toBeGreaterThan(0);
    expect(children().filter((child) => !before.includes(child))).toEqual([]);
  });

  it('writes a copy on the way, with the bytes that muting makes of the recording', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aria-copy-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const copyTo = join(folder, 'copy');
    const sound = await soundFile([[true, 21]], [[false, 20.01]]);
    const engine = await engineFor(await toy());
    // the second channel repeats the first in some recordings; it is copied all the same
    const heard = await engine.transcribe({ ...sound, channels: 1, layout: 'mono', copyTo }, never);
    expect(heard.copied).toBe(true);
    const spans = [
      { start: 2.00013, end: 3.1 },
      { start: 20.5, end: 99 },
    ];
    const bytes = await silenceMuLawWav(copyTo, spans);
    await muteAudio(sound.path, join(folder, 'muted'), spans);
    const muted = await readFile(join(folder, 'muted'));
    expect((await readFile(copyTo)).equals(muted)).toBe(true);
    expect(bytes).toBe(muted.length);
    expect((await engine.transcribe({ ...sound, layout: 'mono' }, never)).copied).toBe(false);
  });

  it('serves more calls than it has processes', async () => {
    const engine = await engineFor(await toy(), 1);
    const sound = await soundFile([[true, 2]]);
    const work = [1, 2, 3].map(() => engine.transcribe({ ...sound, layout: 'mono' }, never));
    const heard = await Promise.all(work);
    expect(heard[0]!.channels[0]!.segments.length).toBeGreaterThan(0);
    expect(new Set(heard.map((raw) => JSON.stringify(raw.channels))).size).toBe(1);
  });
});
