import { type LoadOptions, load, type Round, type Target } from './ingest-load.ts';

/** One long run, with the events per second of its first, second and last third. */
export type Sustained = Round & { thirds: number[] };

/** Puts `target` under load for `seconds`, after a short warm-up that is not counted. */
export async function sustain(target: Target, options: Omit<LoadOptions, 'label'>): Promise<Sustained> {
  const { connections, seconds } = options;
  await load(target, { connections, seconds: 3, label: 'warm-up' });
  const counts = [0, 0, 0];
  const round = await load(target, {
    connections,
    seconds,
    label: 'sustained',
    onAccepted: (second) => {
      counts[Math.min(2, Math.floor((3 * second) / seconds))]! += 1;
    },
  });
  return { ...round, thirds: counts.map((count) => Math.round((count * 3) / seconds)) };
}
