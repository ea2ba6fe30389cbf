import { expect, it } from 'vitest';
import { AudioError } from '../../src/lib/audio/audio-error.ts';
import type { Transcribe } from '../../src/transcribe/transcriber.ts';
import { soundFile } from './sounds.ts';

/** What every adapter of `Transcribe` must do. `create` makes one that hears something wherever it is loud. */
export function transcriberConformance(create: () => Promise<Transcribe>) {
  const never = new AbortController().signal;

  it('hears each channel by itself, with times of its own', async () => {
    const sound = await soundFile(
      [
        [false, 1],
        [true, 2],
        [false, 3],
      ],
      [
        [false, 4],
        [true, 2],
      ],
    );
    const transcribe = await create();
    const raw = await transcribe({ ...sound, layout: 'caller-agent' }, never);
    expect(raw.channels.map((one) => one.channel)).toEqual([0, 1]);
    for (const { segments } of raw.channels) expect(segments.length).toBeGreaterThan(0);
    expect(raw.engine).toMatch(/^[^:].*:.+/);
    expect(raw.seconds).toBeGreaterThan(0);
    const times = raw.channels.flatMap(({ segments }) => segments.flatMap(({ start, end }) => [start, end]));
    for (const time of times) expect(time >= 0 && time <= sound.seconds + 1.5).toBe(true);
  });

  it('leaves out a channel that only repeats another', async () => {
    const talk = [
      [false, 0.5],
      [true, 2],
      [false, 0.5],
    ] as const;
    const sound = await soundFile(talk, talk);
    const transcribe = await create();
    const raw = await transcribe({ ...sound, channels: 1, layout: 'caller-agent' }, never);
    expect(raw.channels.map((one) => one.channel)).toEqual([0]);
  });

  it('hears nothing in silence', async () => {
    const sound = await soundFile([[false, 3]]);
    const transcribe = await create();
    const raw = await transcribe({ ...sound, layout: 'mono' }, never);
    expect(raw.channels.flatMap((one) => one.segments)).toEqual([]);
  });

  it('stops when it is told to', async () => {
    const sound = await soundFile([[true, 3]]);
    const transcribe = await create();
    const reason = new Error('shutting down');
    await expect(transcribe({ ...sound, layout: 'mono' }, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('says that a file is no audio', async () => {
    const transcribe = await create();
    const audio = { path: import.meta.filename, seconds: 3, channels: 1, layout: 'mono' as const };
    await expect(transcribe(audio, never)).rejects.toBeInstanceOf(AudioError);
  });
}
