import type { Speaker, Turn } from '../../src/domain/transcript.ts';
import { redact } from '../../src/transcribe/redact/redact.ts';

const speakers: Record<string, Speaker> = { a: 'agent', c: 'caller' };

/** A conversation as lines `a: …` and `c: …` (`u: …` where voices are not told apart), redacted; what is removed shows as its placeholder. */
export function redactedTalk(...lines: string[]): string[] {
  const turns = lines.map((line, index): Turn => {
    const [who = '', text = ''] = line.split(/: (.*)/);
    const speaker = speakers[who] ?? 'unknown';
    return { speaker, speakerConfidence: 1, start: index * 9, end: index * 9 + 8, text, words: [] };
  });
  return redact(turns).turns.map(({ text }) => text);
}
