import type { VoiceWindow } from './voice-windows.ts';

/** Who of two speaks when: 0 is the voice that is heard first. */
export type VoiceSpan = { start: number; end: number; voice: 0 | 1 };

/** The two voices of a one-channel recording. */
export type Voices = {
  spans: VoiceSpan[];
  /** How far apart the voices are, 0..1; near 0 they may well be one. */
  separation: number;
};

const starts = 30;
const rounds = 25;
/** Centres are found from so many windows at most; more would take longer and say the same. */
const mostForCentres = 2_000;
/** Cost of a change of voice within a stretch of speech, and after a pause, in nats. */
const change = { within: 4, after: 0.7 };

/**
 * Parts the windows of a recording into two voices: k-means with two centres, then the likeliest sequence, in which
 * a change costs something (Viterbi). The same windows give the same answer.
 * @returns null where there is too little speech to tell
 */
export function splitVoices(windows: readonly VoiceWindow[]): Voices | null {
  if (windows.length < 8) return null;
  const points = standardize(windows.map(({ features }) => features));
  const every = Math.ceil(points.length / mostForCentres);
  const centres = twoMeans(points.filter((_, index) => index % every === 0));
  const within = mean(points.map((point) => Math.min(...centres.map((centre) => distance(point, centre)))));
  const between = distance(centres[0], centres[1]);
  const path = likeliest(windows, points, centres, within);
  const voiceOf = (label: number) => (label === path[0] ? 0 : 1);
  const spans: VoiceSpan[] = [];
  for (const [index, { start, end, stretch }] of windows.entries()) {
    const voice = voiceOf(path[index]!);
    const last = spans.at(-1);
    if (last && last.voice === voice && windows[index - 1]!.stretch === stretch) last.end = end;
    else spans.push({ start, end, voice });
  }
  return { spans, separation: Number((between / (between + within)).toFixed(3)) };
}

/** Each feature to mean 0 and deviation 1 over the recording, so that none weighs more for its unit. */
function standardize(points: readonly Float32Array[]): Float32Array[] {
  const size = points[0]!.length;
  const means = Array.from({ length: size }, (_, at) => mean(points.map((point) => point[at]!)));
  const deviations = means.map(
    (middle, at) => Math.sqrt(mean(points.map((point) => (point[at]! - middle) ** 2))) || 1,
  );
  return points.map((point) => point.map((value, at) => (value - means[at]!) / deviations[at]!));
}

type Centres = [Float32Array, Float32Array];

function twoMeans(points: readonly Float32Array[]): Centres {
  let best: { centres: Centres; cost: number } | null = null;
  for (let start = 0; start < starts; start += 1) {
    // two points far from each other in the list: chosen by counting, so that nothing is random
    const first = Math.floor((start * points.length) / starts);
    const second = farthest(points, points[first]!, start % 3);
    const found = settle(points, [points[first]!, points[second]!]);
    if (!best || found.cost < best.cost) best = found;
  }
  return best!.centres;
}

/** The point that is farthest from another, or one of those that come next. */
function farthest(points: readonly Float32Array[], from: Float32Array, skip: number): number {
  const order = points.map((point, index) => ({ index, away: distance(point, from) }));
  order.sort((a, b) => b.away - a.away);
  return order[Math.min(order.length - 1, skip * Math.ceil(points.length / 10))]!.index;
}

function settle(points: readonly Float32Array[], seeds: Centres) {
  let centres = seeds;
  let labels: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const next = points.map((point) => (distance(point, centres[0]) <= distance(point, centres[1]) ? 0 : 1));
    if (next.every((label, index) => label === labels[index])) break;
    labels = next;
    centres = [0, 1].map((label) => {
      const own = points.filter((_, index) => labels[index] === label);
      return own.length === 0 ? centres[label]! : average(own);
    }) as Centres;
  }
  const cost = points.reduce((sum, point, index) => sum + distance(point, centres[labels[index]!]!), 0);
  return { centres, cost };
}

function likeliest(
  windows: readonly VoiceWindow[],
  points: readonly Float32Array[],
  centres: Centres,
  within: number,
): number[] {
  // neighbouring windows share most of their sound, so each counts for a part only
  const cost = (index: number, label: number) => (3 * distance(points[index]!, centres[label]!)) / within;
  let costs = [cost(0, 0), cost(0, 1)];
  const back: number[][] = [[0, 1]];
  for (let index = 1; index < windows.length; index += 1) {
    const price = windows[index]!.stretch === windows[index - 1]!.stretch ? change.within : change.after;
    const from = [0, 1].map((label) => (costs[label]! <= costs[1 - label]! + price ? label : 1 - label));
    costs = [0, 1].map((label) => {
      const before = from[label]!;
      return costs[before]! + (before === label ? 0 : price) + cost(index, label);
    });
    back.push(from);
  }
  const path = [costs[0]! <= costs[1]! ? 0 : 1];
  for (let index = windows.length - 1; index > 0; index -= 1) path.unshift(back[index]![path[0]!]!);
  return path;
}

function average(points: readonly Float32Array[]): Float32Array {
  return points[0]!.map((_, at) => mean(points.map((point) => point[at]!)));
}

/** Squared distance. */
function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at]! - b[at]!) ** 2;
  return sum;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
