import type { AudioProbe } from '../lib/audio/probe-audio.ts';

/** The loudest moment of a recording below this level means that nobody is heard. */
export const silentBelowDecibels = -60;

/** What people should know about a recording before they trust what was made of it. */
export function recordingWarnings(
  probe: Pick<AudioProbe, 'seconds' | 'channels' | 'duplicated'>,
  connectedSeconds: number | null,
): string[] {
  const warnings: string[] = [];
  if (probe.duplicated) warnings.push('All channels carry the same sound; it is treated as one channel.');
  if (probe.channels > 2 && !probe.duplicated) {
    warnings.push(
      `There are ${probe.channels} channels; only the first two can be told apart as caller and agent.`,
    );
  }
  const difference = connectedSeconds === null ? 0 : probe.seconds - connectedSeconds;
  // recordings begin and end a little off the connection; a tenth or five seconds is usual
  if (connectedSeconds !== null && Math.abs(difference) > Math.max(5, connectedSeconds / 10)) {
    const more = difference > 0 ? 'longer' : 'shorter';
    warnings.push(
      `The audio lasts ${Math.round(probe.seconds)} s, ${Math.abs(Math.round(difference))} s ${more} than the reported connection of ${Math.round(connectedSeconds)} s.`,
    );
  }
  return warnings;
}
