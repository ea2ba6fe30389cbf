import { decodeAudio } from '../../lib/audio/decode-audio.ts';
import { createEnergyGate } from '../energy-gate.ts';
import type { Audio, RawChannel, Segment } from '../transcriber.ts';
import { cutAudio, type Piece } from './cut-audio.ts';
import { cutToSpeech, type SpeechCut } from './cut-to-speech.ts';

/** Where something is heard in a channel of a piece, in seconds of the recording; null where nothing is. */
export type Loud = { start: number; end: number } | null;

/** What a provider heard in one piece: segments per channel of the piece, with times of the recording. */
export type HearPiece = (piece: Piece, loud: readonly Loud[]) => Promise<Segment[][]>;

export type PieceLimits = {
  /** True: channels are sent together, in one file. False: each in a file of its own. */
  together: boolean;
  /** Seconds of a piece; longer ones would only hold more memory. */
  longest: number;
  /** Largest file in bytes. */
  maxBytes: number;
};

/**
 * Decodes a recording and has it heard piece by piece, so that memory stays bounded and no upload is too large.
 * Where it is known who speaks when, long stretches without speech are left out, and the times put right afterwards;
 * pieces in which nothing is loud are not sent. Nothing is retried here: the pipeline does that.
 * @returns the channels, and the seconds of sound that were sent, each channel counted by itself
 */
export async function listenInPieces(
  audio: Audio,
  limits: PieceLimits,
  hear: HearPiece,
  signal: AbortSignal,
): Promise<{ channels: RawChannel[]; sentSeconds: number }> {
  const channels: RawChannel[] = [];
  let sentSeconds = 0;

  const send = async (piece: Piece, { first, cut }: { first: number; cut: SpeechCut }) => {
    const loud = piece.channels.map((samples) => findLoud(samples, piece));
    if (loud.every((one) => one === null)) return;
    const heard = await hear(piece, loud);
    sentSeconds += piece.channels.length * (piece.channels[0]!.length / piece.rate);
    for (const [index, segments] of heard.entries())
      channels[first + index]?.segments.push(...cut.restore(segments));
  };

  // each entry: a cutter and the first of the channels that it cuts
  let cutters: { cutter: ReturnType<typeof cutAudio>; cut: SpeechCut; first: number; count: number }[] = [];
  for await (const chunk of decodeAudio(audio.path, { signal })) {
    const used = chunk.channels.slice(0, audio.channels);
    if (cutters.length === 0) {
      // loudness is no voice: hold music is loud too, and an honest server answers it with nothing
      for (const channel of used.keys()) channels.push({ channel, segments: [], speechSeconds: null });
      const count = limits.together ? used.length : 1;
      const longest = Math.min(limits.longest, limits.maxBytes / (2 * count * chunk.sampleRate) - 1);
      cutters = Array.from({ length: used.length / count }, (_, index) => ({
        cutter: cutAudio(count, chunk.sampleRate, longest),
        cut: cutToSpeech(audio.speech?.slice(index * count, (index + 1) * count) ?? null, chunk.sampleRate),
        first: index * count,
        count,
      }));
    }
    for (const { cutter, cut, first, count } of cutters)
      for (const left of cut.accept(used.slice(first, first + count)))
        for (const piece of cutter.accept(left)) await send(piece, { first, cut });
  }
  for (const { cutter, cut, first } of cutters)
    for (const piece of cutter.finish()) await send(piece, { first, cut });
  return { channels, sentSeconds };
}

function findLoud(samples: Float32Array, { rate, start }: Piece): Loud {
  const gate = createEnergyGate(rate, samples.length / rate + 1);
  const found = [...gate.accept(samples), ...gate.finish()];
  const [first, last] = [found[0], found.at(-1)];
  if (!first || !last) return null;
  return { start: start + first.start / rate, end: start + last.end / rate };
}
