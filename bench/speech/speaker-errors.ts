import type { Turn } from '../../src/domain/transcript.ts';

/** Seconds by which a word may lie beside the stretch of who says it. */
const slack = 0.25;

/** Of the words whose speaker is certain, how many stand with another. */
export type SpeakerErrors = { spoken: number; misplaced: number };

/**
 * Words that stand in a turn of somebody else than who speaks at that time. Words between stretches, and where two speak
 * at once, say nothing.
 */
export function speakerErrors(
  turns: readonly Turn[],
  truth: readonly { speaker: string; start: number; end: number }[],
): SpeakerErrors {
  let [spoken, misplaced] = [0, 0];
  for (const { speaker, words } of turns) {
    for (const word of words) {
      const middle = (word.start + word.end) / 2;
      const around = truth.filter(({ start, end }) => start - slack <= middle && middle <= end + slack);
      const speakers = new Set(around.map((one) => one.speaker));
      if (speakers.size !== 1) continue;
      spoken += 1;
      if (!speakers.has(speaker)) misplaced += 1;
    }
  }
  return { spoken, misplaced };
}
