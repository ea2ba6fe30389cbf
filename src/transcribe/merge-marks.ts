import { type SoundMark, soundMarkKinds } from '../domain/sound-mark.ts';
import type { RawChannel } from './transcriber.ts';

/** Shorter silence, between two who talk, is none. */
const shortestSilence = 10;

/**
 * What is heard besides speech on a recording: each kind on any channel, silence only where all are silent. Music
 * under which the other side talks is noise on the line.
 * @returns null where no engine listened for it
 */
export function mergeMarks(channels: readonly RawChannel[]): SoundMark[] | null {
  const lists = channels.flatMap(({ channel, marks }) => {
    if (!marks) return [];
    const others = channels.filter((other) => other.channel !== channel).flatMap(({ segments }) => segments);
    return [marks.filter((mark) => mark.kind !== 'music' || !isTalkedOver(mark, others))];
  });
  if (lists.length === 0) return null;
  const merged = soundMarkKinds.flatMap((kind) => {
    const own = lists.map((marks) => marks.filter((mark) => mark.kind === kind));
    if (kind !== 'silence') return unite(own.flat());
    return own.reduce(overlaps).filter(({ start, end }) => end - start >= shortestSilence);
  });
  return merged.map(rounded).sort((a, b) => a.start - b.start);
}

function isTalkedOver(mark: SoundMark, talk: readonly { start: number; end: number }[]): boolean {
  const covered = talk.reduce(
    (sum, { start, end }) => sum + Math.max(0, Math.min(end, mark.end) - Math.max(start, mark.start)),
    0,
  );
  return covered > (mark.end - mark.start) / 2;
}

function unite(marks: readonly SoundMark[]): SoundMark[] {
  const united: SoundMark[] = [];
  for (const mark of marks.toSorted((a, b) => a.start - b.start)) {
    const last = united.at(-1);
    if (last && mark.start <= last.end) last.end = Math.max(last.end, mark.end);
    else united.push({ ...mark });
  }
  return united;
}

function overlaps(some: SoundMark[], others: SoundMark[]): SoundMark[] {
  return some.flatMap((one) =>
    others.flatMap((other) => {
      const [start, end] = [Math.max(one.start, other.start), Math.min(one.end, other.end)];
      return start < end ? [{ kind: one.kind, start, end }] : [];
    }),
  );
}

const rounded = ({ kind, start, end }: SoundMark): SoundMark => ({
  kind,
  start: Number(start.toFixed(1)),
  end: Number(end.toFixed(1)),
});
