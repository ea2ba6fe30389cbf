import { decodeAudio } from '../../lib/audio/decode-audio.ts';
import { stepDown } from '../../lib/audio/lower-rate.ts';
import { createMuLawWriter, type MuLawWriter } from '../../lib/audio/write-mu-law-wav.ts';
import type { SpeechDetector } from '../speech-detector.ts';
import type { RawChannel, Segment } from '../transcriber.ts';
import { splitVoices } from '../voices/split-voices.ts';
import { type VoiceWindow, voiceWindows } from '../voices/voice-windows.ts';
import { type ChannelListener, createResampler, listenToChannel } from './listen-channel.ts';
import { createSoundMarker, type SoundMarker } from './mark-sounds.ts';
import type { Recognize } from './recognize.ts';
import { modelRate } from './recognizer-config.ts';

/**
 * All that is heard on the first channels of a file: where somebody speaks, what else sounds, and the words. Where
 * both sides are on one channel their voices are told apart. Memory does not grow with the length. A copy of all
 * channels is written on the way where one is wanted, unless their rate would have to be lowered for it.
 * @throws AudioError
 */
export async function listenToFile(
  path: string,
  channels: number,
  deps: {
    detectorFor: (channel: number) => SpeechDetector;
    recognize: Recognize;
    onChunk?: () => void;
    copyTo?: string | null;
  },
): Promise<{ channels: RawChannel[]; copied: boolean }> {
  const heard: Segment[][] = [];
  const listeners: ChannelListener[] = [];
  const markers: SoundMarker[] = [];
  const windows: VoiceWindow[] = [];
  let stretches = 0;
  const compareVoices = (samples: Float32Array, start: number) => {
    windows.push(...voiceWindows(samples, start / modelRate, stretches++));
  };
  let copy: MuLawWriter | null = null;
  try {
    for await (const chunk of decodeAudio(path)) {
      deps.onChunk?.();
      if (deps.copyTo && stepDown(chunk.sampleRate) === 1) {
        const { sampleRate, channels: all } = chunk;
        copy ??= await createMuLawWriter(deps.copyTo, { sampleRate, channels: all.length });
        await copy.write(all);
      }
      for (const [index, samples] of chunk.channels.slice(0, channels).entries()) {
        markers[index] ??= createSoundMarker();
        const marker = markers[index];
        listeners[index] ??= listenToChannel({
          onSamples: marker.accept,
          onSpeech: (speech, start) => {
            marker.speech(start, start + speech.length);
            if (channels === 1) compareVoices(speech, start);
          },
          resampler: createResampler(chunk.sampleRate),
          detector: deps.detectorFor(index),
          recognize: deps.recognize,
        });
        heard[index] ??= [];
        heard[index].push(...listeners[index].accept(samples));
      }
    }
    await copy?.finish();
  } finally {
    await copy?.close();
  }
  for (const [index, listener] of listeners.entries()) heard[index]!.push(...listener.finish());
  const found = listeners.map((listener, channel) => ({
    channel,
    segments: heard[channel]!,
    speechSeconds: listener.speechSeconds(),
    speech: listener.speech(),
    voices: channels === 1 ? splitVoices(windows) : null,
    marks: markers[channel]!.finish(),
  }));
  return { channels: found, copied: copy !== null };
}
