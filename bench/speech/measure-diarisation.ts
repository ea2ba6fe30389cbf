import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeAudio } from '../../src/lib/audio/decode-audio.ts';
import { createSpeechDetector } from '../../src/transcribe/local/detect-speech.ts';
import { createResampler } from '../../src/transcribe/local/listen-channel.ts';
import { findVad } from '../../src/transcribe/models/find-models.ts';
import type { Speech } from '../../src/transcribe/speech-detector.ts';
import { loadDiarisation } from '../../src/transcribe/voices/diarise.ts';
import { splitVoices } from '../../src/transcribe/voices/split-voices.ts';
import type { VoiceModels } from '../../src/transcribe/voices/voice-models.ts';
import { voiceWindows } from '../../src/transcribe/voices/voice-windows.ts';
import { type DiarisationErrors, diarisationErrors, type SpeakerSpan } from './diarisation.ts';

const rate = 16_000;

type Item = {
  file: string;
  channels: number;
  speakers?: number;
  speakerSegments?: SpeakerSpan[];
  rttm?: string;
  reference?: string;
};

/** All channels of a file at 16 kHz. */
async function decode(path: string): Promise<Float32Array[]> {
  const parts: Float32Array[][] = [];
  const resamplers: ReturnType<typeof createResampler>[] = [];
  for await (const { sampleRate, channels } of decodeAudio(path)) {
    for (const [index, samples] of channels.entries()) {
      resamplers[index] ??= createResampler(sampleRate);
      parts[index] ??= [];
      parts[index].push(resamplers[index].resample(samples));
    }
  }
  return parts.map((pieces) => {
    const joined = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      joined.set(piece, at);
      at += piece.length;
    }
    return joined;
  });
}

function detect(samples: Float32Array, vad: string | null): Speech[] {
  const detector = createSpeechDetector(vad);
  return [...detector.accept(samples), ...detector.finish()];
}

async function truthOf(
  item: Item,
  channels: Float32Array[],
  { root, vad }: { root: string; vad: string | null },
): Promise<SpeakerSpan[] | null> {
  if (item.speakerSegments) return item.speakerSegments;
  if (item.rttm) {
    const lines = (await readFile(join(root, item.rttm), 'utf8')).trim().split('\n');
    return lines.map((line) => {
      const fields = line.split(/\s+/);
      const start = Number(fields[3]);
      return { start, end: start + Number(fields[4]), speaker: fields[7]! };
    });
  }
  if (item.channels !== 2 || !item.file.endsWith('.wav')) return null;
  return channels.flatMap((samples, channel) =>
    detect(samples, vad).map(({ start, end }) => ({
      start: start / rate,
      end: end / rate,
      speaker: `${channel}`,
    })),
  );
}

/** What was found of one recording: shares of its speech, and seconds of work for the voices alone. */
export type DiarisationResult = DiarisationErrors & {
  seconds: number;
  der: number;
  separation: number;
  work: number;
};

/**
 * How well two voices on one channel are told apart: recordings of a manifest with `speakerSegments`, an `rttm` file
 * or two channels; those are mixed to one, and what each channel holds by itself is the truth.
 * @param models tell the voices apart in place of their sound alone
 */
export async function measureDiarisation(
  manifest: string,
  folders: string[],
  wanted: (file: string) => boolean = () => true,
  models: VoiceModels | null = null,
): Promise<Record<string, Omit<DiarisationResult, 'rate'>>> {
  const root = dirname(manifest);
  const vad = await findVad(folders);
  const diarise = models && loadDiarisation(models);
  const { items } = JSON.parse(await readFile(manifest, 'utf8')) as { items: Item[] };
  const results: Record<string, Omit<DiarisationResult, 'rate'>> = {};
  for (const item of items) {
    if (!wanted(item.file)) continue;
    if (!item.speakerSegments && !item.rttm && item.channels !== 2) continue;
    const channels = await decode(join(root, item.file));
    const truth = await truthOf(item, channels, { root, vad });
    if (!truth) continue;
    const mono = channels[0]!.map((sample, index) =>
      channels.length === 1 ? sample : (sample + channels[1]![index]!) / 2,
    );
    const stretches = detect(mono, vad);
    const began = performance.now();
    const windows = (diarise ? [] : stretches).flatMap(({ start, end }, index) =>
      voiceWindows(mono.subarray(start, end), start / rate, index),
    );
    const voices = diarise ? diarise(mono) : splitVoices(windows);
    const work = (performance.now() - began) / 1000;
    const found = (voices?.spans ?? []).map(({ start, end, voice }) => ({
      start,
      end,
      speaker: `voice ${voice}`,
    }));
    // a reference by hand may end before the recording does
    const until = item.speakerSegments ? Math.max(...truth.map((span) => span.end)) + 0.5 : undefined;
    const { rate: der, ...parts } = diarisationErrors(truth, found, until);
    const seconds = Number((mono.length / rate).toFixed(1));
    results[item.file] = {
      seconds,
      der,
      ...parts,
      separation: voices?.separation ?? 0,
      work: Number(work.toFixed(2)),
    };
  }
  return results;
}
