import { AudioError } from './audio-error.ts';
import { createAudioMeter } from './audio-meter.ts';
import { openAudio } from './open-audio.ts';
import type { ProbeAnswer } from './probe-audio.ts';

/** The program of the process apart: one path in, one answer out. */
async function probe(path: string, maxSeconds: number): Promise<ProbeAnswer> {
  try {
    const { codec, contentType, chunks } = await openAudio(path, { maxSeconds });
    let meter: ReturnType<typeof createAudioMeter> | null = null;
    for await (const chunk of chunks) {
      meter ??= createAudioMeter(chunk.sampleRate, chunk.channels.length);
      meter.add(chunk);
    }
    if (!meter) throw new AudioError('empty', 'The file holds no audio');
    return { probe: { codec, contentType, ...meter.finish() } };
  } catch (error) {
    if (error instanceof AudioError) return { fault: { reason: error.reason, message: error.message } };
    throw error;
  }
}

// whoever asked is gone
process.on('disconnect', () => process.exit());
const [path = '', maxSeconds = '0'] = process.argv.slice(2);
const answer = await probe(path, Number(maxSeconds));
process.send?.(answer, () => process.disconnect());
