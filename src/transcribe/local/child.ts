import { AudioError } from '../../lib/audio/audio-error.ts';
import type { SpeechDetector } from '../speech-detector.ts';
import { createSpeechDetector } from './detect-speech.ts';
import { listenToFile } from './listen-to-file.ts';
import type { Order, Report } from './messages.ts';
import { loadRecognizer, type Recognize } from './recognize.ts';

/** The recognition process: one model, one recording at a time, orders and reports over IPC. */
const report = (message: Report) => process.send?.(message);
const said = (error: unknown) => (error instanceof Error ? error.message : String(error));

let recognize: Recognize | null = null;
let vadPath: string | null = null;
/** One per channel, reused from call to call. */
const detectors: SpeechDetector[] = [];

function detectorFor(channel: number): SpeechDetector {
  detectors[channel] ??= createSpeechDetector(vadPath);
  detectors[channel].reset();
  return detectors[channel];
}

function cpuSecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function transcribe({ path, channels, copyTo }: Extract<Order, { type: 'transcribe' }>) {
  const started = performance.now();
  let lastSign = started;
  const cpu = process.cpuUsage();
  const result = await listenToFile(path, channels, {
    detectorFor,
    recognize: recognizeAlive,
    onChunk: showLife,
    copyTo,
  });
  report({
    type: 'heard',
    ...result,
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: cpuSecondsSince(cpu),
    peakMb: process.resourceUsage().maxRSS / 1024,
  });
  // streams of the engine are freed by the collector only
  globalThis.gc?.();

  function showLife() {
    if (performance.now() - lastSign < 1000) return;
    lastSign = performance.now();
    report({ type: 'alive' });
  }
  function recognizeAlive(samples: Float32Array) {
    showLife();
    return recognize!(samples);
  }
}

async function carryOut(order: Order) {
  if (order.type === 'load') {
    try {
      recognize = loadRecognizer(order.model);
      vadPath = order.vad;
      report({ type: 'ready' });
    } catch (error) {
      report({ type: 'fault', about: 'model', message: said(error) });
    }
    return;
  }
  try {
    await transcribe(order);
  } catch (error) {
    const about = error instanceof AudioError ? 'audio' : 'engine';
    report({ type: 'fault', about, message: said(error) });
  }
}

process.on('message', (order: Order) => void carryOut(order));
// without a parent there is nobody to work for
process.on('disconnect', () => process.exit(0));
