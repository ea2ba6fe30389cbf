import { probeAudio } from '../../src/lib/audio/probe-audio.ts';
import { createLocalEngine } from '../../src/transcribe/local/local-engine.ts';
import type { SpeechModel } from '../../src/transcribe/models/speech-model.ts';

/**
 * How many calls a minute the local engine hears with so many processes; the same recording again and again, the time
 * that processes need to start left out.
 */
export async function callsPerMinute(
  recording: string,
  engine: { model: SpeechModel; vad: string | null; workers: number },
  calls: number,
): Promise<number> {
  const { seconds, channels } = await probeAudio(recording);
  const audio = { path: recording, seconds, channels, layout: 'mono' as const };
  const local = createLocalEngine(engine);
  try {
    const hear = () => local.transcribe(audio, new AbortController().signal);
    await Promise.all(Array.from({ length: engine.workers }, hear));
    const began = performance.now();
    await Promise.all(Array.from({ length: calls }, hear));
    return (calls * 60_000) / (performance.now() - began);
  } finally {
    await local.close();
  }
}
