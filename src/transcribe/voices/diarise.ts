import sherpa, { type Diarisation, type VoiceSegment } from 'sherpa-onnx-node';
import { modelRate } from '../local/recognizer-config.ts';
import type { VoiceSpan, Voices } from './split-voices.ts';
import type { VoiceModels } from './voice-models.ts';

/** Seconds of each voice that are compared to see whether they are two at all. */
const compared = 20;
/** A stretch below the first is left out, a gap below the second is closed (the engine's usual values), in seconds. */
const shortest = { on: 0.3, off: 0.5 };

/**
 * Loads the models. A damaged file ends the whole process (the engine calls abort), so this runs in a process apart.
 * @throws Error where they do not fit
 */
export function loadDiarisation(models: VoiceModels): (samples: Float32Array) => Voices | null {
  const base = { numThreads: 1, debug: 0, provider: 'cpu' };
  const embedding = { model: models.embedding, ...base };
  const engine: Diarisation = new sherpa.OfflineSpeakerDiarization({
    segmentation: { pyannote: { model: models.segmentation }, ...base },
    embedding,
    // a call has two sides; whether two voices were there at all is seen afterwards
    clustering: { numClusters: 2, threshold: 0.5 },
    minDurationOn: shortest.on,
    minDurationOff: shortest.off,
  });
  if (engine.sampleRate !== modelRate)
    throw new Error(`The segmentation model listens at ${engine.sampleRate} Hz, not ${modelRate}`);
  const extractor = new sherpa.SpeakerEmbeddingExtractor(embedding);

  const embed = (samples: Float32Array, spans: readonly VoiceSpan[]): Float32Array | null => {
    const stream = extractor.createStream();
    let seconds = 0;
    for (const { start, end } of spans.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
      if (seconds >= compared) break;
      stream.acceptWaveform({
        samples: samples.slice(Math.round(start * modelRate), Math.round(end * modelRate)),
        sampleRate: modelRate,
      });
      seconds += end - start;
    }
    stream.inputFinished();
    return extractor.isReady(stream) ? extractor.compute(stream, false) : null;
  };

  return (samples) => {
    const spans = toSpans(engine.process(samples));
    if (spans.length === 0) return null;
    const [first, second] = ([0, 1] as const).map((voice) =>
      embed(
        samples,
        spans.filter((span) => span.voice === voice),
      ),
    );
    return { spans, separation: first && second ? apart(first, second) : 0 };
  };
}

/** In the order of time; 0 is the voice that is heard first. */
function toSpans(segments: readonly VoiceSegment[]): VoiceSpan[] {
  const inOrder = segments.toSorted((a, b) => a.start - b.start);
  const first = inOrder[0]?.speaker;
  return inOrder.map(({ start, end, speaker }) => ({
    start: round(start),
    end: round(end),
    voice: speaker === first ? 0 : 1,
  }));
}

/** One less the cosine of the angle between two voices: near 0 for the same, 1 where they share nothing. */
function apart(a: Float32Array, b: Float32Array): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let at = 0; at < a.length; at += 1) {
    product += a[at]! * b[at]!;
    ofA += a[at]! ** 2;
    ofB += b[at]! ** 2;
  }
  const cosine = product / (Math.sqrt(ofA * ofB) || 1);
  return round(Math.min(1, Math.max(0, 1 - cosine)));
}

const round = (value: number) => Number(value.toFixed(3));
