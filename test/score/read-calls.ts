import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Speaker, Turn } from '../../src/domain/transcript.ts';

/** A hand-written call with what a careful listener would answer; only what is named is expected. */
export type WrittenCall = {
  name: string;
  vertical: string;
  expected: Record<string, string>;
  turns: Turn[];
};

const speakers: Record<string, Speaker> = { A: 'agent', C: 'caller', I: 'ivr' };

/**
 * Reads calls/*.txt: a head `# name | vertical | style | outcome k=v ... | criteria k=v ...`, then one turn a
 * line, `I:` menu, `A:` agent, `C:` caller.
 */
export function readWrittenCalls(): WrittenCall[] {
  const folder = fileURLToPath(new URL('calls', import.meta.url));
  const calls: WrittenCall[] = [];
  for (const file of readdirSync(folder).sort())
    for (const line of readFileSync(`${folder}/${file}`, 'utf8').split('\n')) {
      if (line.startsWith('#')) {
        const [name, vertical, , outcome, criteria] = line
          .slice(1)
          .split('|')
          .map((part) => part.trim());
        const pairs = `${outcome} ${criteria}`.split(/\s+/).map((pair) => pair.split('='));
        calls.push({ name: name!, vertical: vertical!, expected: Object.fromEntries(pairs), turns: [] });
      } else if (line.trim() !== '') {
        const { turns } = calls.at(-1)!;
        const start = turns.length * 5;
        const speaker = speakers[line[0]!]!;
        turns.push({
          speaker,
          speakerConfidence: 1,
          start,
          end: start + 4,
          text: line.slice(2).trim(),
          words: [],
        });
      }
    }
  return calls;
}
