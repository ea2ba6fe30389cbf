import { AudioError } from '../../lib/audio/audio-error.ts';
import { decodeAudio } from '../../lib/audio/decode-audio.ts';
import type { SpeechDetector } from '../speech-detector.ts';
import type { RawChannel, Segment } from '../transcriber.ts';
import { createSpeechDetector } from './detect-speech.ts';
import { type ChannelListener, createResampler, listenToChannel } from './listen-channel.ts';
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

async function transcribe(path: string, channels: number) {
  const started = performance.now();
  let lastSign = started;
  let recognizeMs = 0;
  const heard: Segment[][] = [];
  const listeners: ChannelListener[] = [];
  for await (const chunk of decodeAudio(path)) {
    showLife();
    for (const [index, samples] of chunk.channels.slice(0, channels).entries()) {
      listeners[index] ??= listenToChannel({
        resampler: createResampler(chunk.sampleRate),
        detector: detectorFor(index),
        recognize: recognizeAlive,
      });
      heard[index] ??= [];
      heard[index].push(...listeners[index].accept(samples));
    }
  }
  for (const [index, listener] of listeners.entries()) heard[index]!.push(...listener.finish());
  const result: RawChannel[] = listeners.map((listener, channel) => ({
    channel,
    segments: heard[channel]!,
    speechSeconds: listener.speechSeconds(),
  }));
  report({
    ...{ type: 'heard', channels: result },
    seconds: (performance.now() - started) / 1000,
    recognizeSeconds: recognizeMs / 1000,
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
    const began = performance.now();
    const words = recognize!(samples);
    recognizeMs += performance.now() - began;
    return words;
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
    await transcribe(order.path, order.channels);
  } catch (error) {
    const about = error instanceof AudioError ? 'audio' : 'engine';
    report({ type: 'fault', about, message: said(error) });
  }
}

process.on('message', (order: Order) => void carryOut(order));
// without a parent there is nobody to work for
process.on('disconnect', () => process.exit(0));
