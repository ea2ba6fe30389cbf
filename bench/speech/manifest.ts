import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** A recording with reference text: one text per channel. */
export type EvalItem = {
  file: string;
  set: 'phone' | 'wide' | 'synth' | 'synth_mono';
  seconds: number;
  channels: number;
  references: string[];
  /** Who speaks when, where the reference says so, and who is on each channel. */
  speakers: { names: string[]; spans: { speaker: string; start: number; end: number }[] } | null;
};

type Entry = {
  file: string;
  sampleRate: number;
  channels: number;
  seconds: number;
  ref?: string;
  /** A JSON file with `channels` (names) and `segments`. */
  reference?: string;
  synthetic?: boolean;
};
type Reference = {
  channels: string[];
  segments: { channel: string; start: number; end: number; text: string }[];
};

/** Recordings of a manifest that have a reference; of the same synthetic call in several formats only WAV counts. */
export async function readManifest(path: string): Promise<EvalItem[]> {
  const { items } = JSON.parse(await readFile(path, 'utf8')) as { items: Entry[] };
  const found: EvalItem[] = [];
  for (const { file, sampleRate, channels, seconds, ref, reference, synthetic } of items) {
    const item = { file, seconds, channels };
    if (ref)
      found.push({ ...item, set: sampleRate <= 8000 ? 'phone' : 'wide', references: [ref], speakers: null });
    else if (reference && synthetic && file.endsWith('.wav')) {
      const text = await readFile(resolve(dirname(path), reference), 'utf8');
      const told = JSON.parse(text) as Reference;
      const spans = told.segments.map(({ channel, start, end }) => ({ speaker: channel, start, end }));
      found.push({
        ...item,
        set: channels > 1 ? 'synth' : 'synth_mono',
        references: referencesOf(told, channels),
        speakers: { names: told.channels, spans },
      });
    }
  }
  return found;
}

function referencesOf({ channels: names, segments }: Reference, channels: number): string[] {
  const ordered = segments.toSorted((a, b) => a.start - b.start);
  const say = (name: string | null) =>
    ordered
      .filter((segment) => name === null || segment.channel === name)
      .map((segment) => segment.text)
      .join(' ');
  return channels === 1 ? [say(null)] : names.map((name) => say(name));
}
