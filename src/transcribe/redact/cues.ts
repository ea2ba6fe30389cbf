import type { SensitiveKind } from '../../domain/transcript.ts';
import { cueWords } from './cue-words.ts';
import { matchTokens } from './match-tokens.ts';
import type { Token } from './tokens.ts';

/**
 * What a number that is about to be said, or was just said, belongs to. `account` is a bank's or a customer's;
 * `expiry`, `phone`, `zip` and `other` stay in the text.
 */
export type Topic = SensitiveKind | 'account' | 'expiry' | 'phone' | 'zip' | 'other';

/** Words that name a topic, as a token range. Weak ones need more evidence from the number itself. */
export type Cue = { topic: Topic; from: number; to: number; weak: boolean };

/** Every cue of a text, in order, without overlaps. */
export function findCues(tokens: readonly Token[]): Cue[] {
  const cues: Cue[] = [];
  for (const { topic, weak = false, pattern } of cueWords) {
    for (const { from, to } of matchTokens(tokens, pattern)) {
      const overlaps = cues.some((cue) => cue.from < to && from < cue.to);
      if (!overlaps) cues.push({ topic, from, to, weak });
    }
  }
  return cues.sort((a, b) => a.from - b.from);
}
