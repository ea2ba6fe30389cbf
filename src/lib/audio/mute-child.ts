import { AudioError } from './audio-error.ts';
import { createRateLowering, stepDown } from './lower-rate.ts';
import type { MutedCopy, Span } from './mute-audio.ts';
import { openAudio } from './open-audio.ts';
import { answerAsDecoder } from './run-decoder.ts';
import { createMuLawWriter, type MuLawWriter } from './write-mu-law-wav.ts';

/** The program of the process apart: reads one file and writes its copy with silence in the stretches. */
async function mute(path: string, target: string, spans: readonly Span[]): Promise<MutedCopy> {
  const { chunks } = await openAudio(path);
  let writer: MuLawWriter | null = null;
  let lower: ((samples: Float32Array) => Float32Array)[] = [];
  let format = { sampleRate: 0, channels: 0 };
  let frames = 0;
  let written = 0;
  try {
    for await (const { sampleRate, channels } of chunks) {
      const factor = stepDown(sampleRate);
      if (!writer) {
        format = { sampleRate: Math.round(sampleRate / factor), channels: channels.length };
        writer = await createMuLawWriter(target, format);
        lower = channels.map(() => createRateLowering(factor));
      }
      silence(channels, frames, sampleRate, spans);
      frames += channels[0]!.length;
      const lowered = channels.map((samples, index) => lower[index]!(samples));
      written += lowered[0]!.length;
      await writer.write(lowered);
    }
    if (!writer) throw new AudioError('empty', 'The file holds no audio');
    return { ...format, bytes: await writer.finish(), seconds: written / format.sampleRate };
  } finally {
    await writer?.close();
  }
}

function silence(channels: Float32Array[], from: number, sampleRate: number, spans: readonly Span[]) {
  const length = channels[0]!.length;
  for (const span of spans) {
    const start = Math.max(0, Math.floor(span.start * sampleRate) - from);
    const end = Math.min(length, Math.ceil(span.end * sampleRate) - from);
    if (start < end) for (const samples of channels) samples.fill(0, start, end);
  }
}

const [path = '', target = '', spans = '[]'] = process.argv.slice(2);
await answerAsDecoder(() => mute(path, target, JSON.parse(spans) as Span[]));
