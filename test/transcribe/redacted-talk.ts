import type { Speaker, Turn } from '../../src/domain/transcript.ts';
import { redact } from '../../src/transcribe/redact/redact.ts';

const speakers: Record<string, Speaker> = { a: 'agent', c: 'caller' };

/** A turn that begins at `start`, with a word a second; `confidence` is that of each word. */
export function spokenTurn(
  speaker: Speaker,
  text: string,
  { start = 0, confidence = 0.9 }: { start?: number; confidence?: number | null } = {},
): Turn {
  const words = text
    .split(' ')
    .map((word, index) => ({ text: word, start: start + index, end: start + index + 0.5, confidence }));
  return { speaker, speakerConfidence: 1, start, end: start + words.length, text, words };
}

/** Lines `a: …` and `c: …` (`u: …` where voices are not told apart) as turns, one after the other. */
export function spokenTalk(lines: readonly string[]): Turn[] {
  let start = 0;
  return lines.map((line) => {
    const [who = '', text = ''] = line.split(/: (.*)/);
    const turn = spokenTurn(speakers[who] ?? 'unknown', text, { start });
    start = turn.end + 1;
    return turn;
  });
}

/** Such a conversation, redacted; what is removed shows as its placeholder. */
export function redactedTalk(...lines: string[]): string[] {
  return redact(spokenTalk(lines)).turns.map(({ text }) => text);
}
