import type { HeardTurn } from './heard-text.ts';

/**
 * One place in the call that speaks for yes or no. Strength: 3 the agent's conclusion, 2 and more the caller's
 * words or reply, 1 an answer that was merely accepted.
 */
export type Finding = {
  kind:
    | 'statement'
    | 'reply'
    | 'amount'
    | 'date'
    | 'conclusion'
    | 'refusal'
    | 'accepted'
    | 'result'
    | 'read'
    | 'absence';
  value: 'yes' | 'no';
  turn: HeardTurn;
  at: number;
  length: number;
  strength: number;
};
