import { readFileSync } from 'node:fs';
import type { Scorecard } from '../../src/domain/scorecard.ts';
import { type LabelledCall, labelledCall } from './labelled-call.ts';
import { readTaggedCalls } from './read-tagged-calls.ts';

/** Reads labelled calls: one JSON object a line, or the tagged text form where the name ends in `.txt`. */
export function readLabelled(file: string, scorecardOf: (vertical: string) => Scorecard): LabelledCall[] {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.txt')) return readTaggedCalls(text, scorecardOf);
  return text
    .split('\n')
    .map((line, i) => ({ line, number: i + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      const read = labelledCall.safeParse(parsed(line));
      if (read.success) return read.data;
      const { path, message } = read.error.issues[0]!;
      throw new Error(`${file}:${number}: ${path.join('.') || 'the line'}: ${message}`);
    });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
