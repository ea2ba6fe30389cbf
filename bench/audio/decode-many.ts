import { AudioError } from '../../src/lib/audio/audio-error.ts';
import { createAudioMeter } from '../../src/lib/audio/audio-meter.ts';
import { openAudio } from '../../src/lib/audio/open-audio.ts';

/** The program of the process that decodes file after file, so that one decoder's damage shows in the next. */
process.on('message', async (path: string) => {
  try {
    const { chunks } = await openAudio(path, { maxSeconds: 600 });
    let meter: ReturnType<typeof createAudioMeter> | null = null;
    for await (const chunk of chunks) {
      meter ??= createAudioMeter(chunk.sampleRate, chunk.channels.length);
      meter.add(chunk);
    }
    const { seconds } = meter!.finish();
    process.send?.({ outcome: 'audio', seconds });
  } catch (error) {
    if (error instanceof AudioError) process.send?.({ outcome: error.reason });
    else process.send?.({ outcome: 'bug', message: error instanceof Error ? error.stack : String(error) });
  }
});
process.on('disconnect', () => process.exit());
