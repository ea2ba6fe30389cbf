import type { Turn } from '../../src/domain/transcript.ts';
import { redact } from '../../src/transcribe/redact/redact.ts';

/** A conversation as lines `a: …` and `c: …`, redacted; what is removed shows as its placeholder. */
export function redactedTalk(...lines: string[]): string[] {
  const turns = lines.map((line, index): Turn => {
    const [who = '', text = ''] = line.split(/: (.*)/);
    const speaker = who === 'a' ? 'agent' : 'caller';
    return { speaker, speakerConfidence: 1, start: index * 9, end: index * 9 + 8, text, words: [] };
  });
  return redact(turns).turns.map(({ text }) => text);
}
