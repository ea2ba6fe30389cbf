import { AudioError } from './audio-error.ts';
import { createAudioMeter } from './audio-meter.ts';
import { openAudio } from './open-audio.ts';
import type { AudioProbe } from './probe-audio.ts';
import { answerAsDecoder } from './run-decoder.ts';

/** The program of the process apart: one path in, one answer out. */
async function probe(path: string, maxSeconds: number): Promise<AudioProbe> {
  const { codec, contentType, chunks } = await openAudio(path, { maxSeconds });
  let meter: ReturnType<typeof createAudioMeter> | null = null;
  for await (const chunk of chunks) {
    meter ??= createAudioMeter(chunk.sampleRate, chunk.channels.length);
    meter.add(chunk);
  }
  if (!meter) throw new AudioError('empty', 'The file holds no audio');
  return { codec, contentType, ...meter.finish() };
}

const [path = '', maxSeconds = '0'] = process.argv.slice(2);
await answerAsDecoder(() => probe(path, Number(maxSeconds)));
