import sherpa from 'sherpa-onnx-node';
import { createWindowCutter } from '../cut-windows.ts';
import { createEnergyGate } from '../energy-gate.ts';
import type { Speech, SpeechDetector } from '../speech-detector.ts';
import { modelRate } from './recognizer-config.ts';

/** Longest stretch that is recognised at once, in seconds. */
export const longestSpeech = 20;
/** Samples that the detector decides upon at a time. */
const windowSize = 512;

/** Silero's network where its file is there, else loudness alone. */
export function createSpeechDetector(vadPath: string | null): SpeechDetector {
  return vadPath ? createSilero(vadPath) : createEnergyGate(modelRate, longestSpeech);
}

function createSilero(model: string): SpeechDetector {
  const vad = new sherpa.Vad(
    {
      sileroVad: {
        model,
        threshold: 0.5,
        minSilenceDuration: 0.5,
        minSpeechDuration: 0.2,
        maxSpeechDuration: longestSpeech,
        windowSize,
      },
      sampleRate: modelRate,
      numThreads: 1,
      debug: false,
    },
    longestSpeech + 40,
  );
  const windows = createWindowCutter(windowSize);
  const take = (): Speech[] => {
    const found: Speech[] = [];
    while (!vad.isEmpty()) {
      const { start, samples } = vad.front(false);
      found.push({ start, end: start + samples.length });
      vad.pop();
    }
    return found;
  };
  return {
    // the detector decides once per call, so it must get one window at a time
    accept: (samples) => {
      windows.cut(samples, (window) => vad.acceptWaveform(window));
      return take();
    },
    finish: () => {
      vad.flush();
      return take();
    },
    reset: () => {
      windows.reset();
      vad.reset();
    },
  };
}
