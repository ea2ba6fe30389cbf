import { createWindowCutter } from './cut-windows.ts';
import type { Speech, SpeechDetector } from './speech-detector.ts';

const frameSeconds = 0.02;
const hangSeconds = 0.5;
const shortestSeconds = 0.2;
/** Root mean square below which nothing is speech (-54 dBFS). */
const quietest = 0.002;
/** A recording that begins louder than this begins with somebody speaking. */
const loudestFloor = 0.02;
/** How much louder than the background speech is. */
const ratio = 3;

/** Speech by loudness alone: frames well above a background that is followed slowly. Worse than a network, needs no file. */
export function createEnergyGate(rate: number, longestSeconds: number): SpeechDetector {
  const frame = Math.round(rate * frameSeconds);
  const frames = createWindowCutter(frame);
  let at = 0;
  let floor = 0;
  let open: { start: number; heard: number } | null = null;

  const close = (): Speech[] => {
    const found =
      open && open.heard - open.start >= shortestSeconds * rate
        ? [{ start: open.start, end: open.heard }]
        : [];
    open = null;
    return found;
  };
  const step = (samples: Float32Array): Speech[] => {
    const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    if (at === 0) floor = Math.min(Math.max(level, quietest), loudestFloor);
    const loud = level > Math.max(quietest, floor * ratio);
    // the background falls at once and rises slowly, as speech does between words
    floor = level < floor ? level : Math.min(floor * (loud ? 1.01 : 1.02) + 1e-7, 0.1);
    at += samples.length;
    if (loud) open = { start: open?.start ?? at - samples.length, heard: at };
    if (!open) return [];
    const tooLong = at - open.start >= longestSeconds * rate;
    return tooLong || at - open.heard >= hangSeconds * rate ? close() : [];
  };
  return {
    accept: (samples) => {
      const found: Speech[] = [];
      frames.cut(samples, (window) => found.push(...step(window)));
      return found;
    },
    finish: close,
    reset: () => {
      frames.reset();
      at = 0;
      floor = 0;
      open = null;
    },
  };
}
