import type { AudioProbe } from '../lib/audio/probe-audio.ts';

/** The loudest moment of a recording below this level means that nobody is heard. */
export const silentBelowDecibels = -60;

/** What people should know about audio before they trust what was made of it. */
export function audioWarnings(probe: Pick<AudioProbe, 'channels' | 'duplicated' | 'loudest'>): string[] {
  const warnings: string[] = [];
  if (probe.loudest < silentBelowDecibels) {
    warnings.push('Nothing is heard from beginning to end: a silent line, or a fault of the recorder.');
  }
  if (probe.duplicated) warnings.push('All channels carry the same sound; it is treated as one channel.');
  if (probe.channels > 2 && !probe.duplicated) {
    warnings.push(
      `There are ${probe.channels} channels; only the first two can be told apart as caller and agent.`,
    );
  }
  return warnings;
}

/** What speaks against a recording being that of this call: audio and reported connection differ in length. */
export function lengthWarnings(seconds: number, connectedSeconds: number | null): string[] {
  if (connectedSeconds === null) return [];
  const difference = seconds - connectedSeconds;
  // recordings begin and end a little off the connection; a tenth or five seconds is usual
  if (Math.abs(difference) <= Math.max(5, connectedSeconds / 10)) return [];
  const more = difference > 0 ? 'longer' : 'shorter';
  return [
    `The audio lasts ${Math.round(seconds)} s, ${Math.abs(Math.round(difference))} s ${more} than the reported connection of ${Math.round(connectedSeconds)} s.`,
  ];
}
