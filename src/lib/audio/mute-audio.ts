import { fileURLToPath } from 'node:url';
import { type DecoderLimits, runDecoder } from './run-decoder.ts';

/** A stretch of a recording, in seconds from its start. */
export type Span = { start: number; end: number };

/** The copy that was written. */
export type MutedCopy = { bytes: number; sampleRate: number; channels: number; seconds: number };

/** Of the file that `muteAudio` writes. */
export const mutedContentType = 'audio/wav';

const program = fileURLToPath(new URL('./mute-child.ts', import.meta.url));

/**
 * Writes a copy of a recording in which stretches are silent on every channel: what one side says is often heard,
 * faintly, on the other. The same recording and stretches give the same bytes. Rates above 16 kHz are lowered, since
 * a telephone carries nothing there. Decodes in a process of its own.
 * @param target a new file
 * @throws AudioError; the signal's reason when aborted
 */
export async function muteAudio(
  path: string,
  target: string,
  spans: readonly Span[],
  limits: DecoderLimits = {},
): Promise<MutedCopy> {
  return await runDecoder<MutedCopy>(program, [path, target, JSON.stringify(joinSpans(spans))], limits);
}

/** Stretches in order, those that touch as one. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}
