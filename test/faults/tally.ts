/** What the senders saw: every event by its mark, every answer by its kind. */
export type Tally = {
  /** Marks of all events sent, whether answered or not. */
  sent: Set<string>;
  /** Marks of the events that got a 2xx. */
  acknowledged: Set<string>;
  /** How often each answer came: `202`, `503`, `ECONNRESET`, … */
  outcomes: Record<string, number>;
  /** Answers that no sender should ever get, in words. */
  wrong: string[];
  /** performance.now() at the start of the latest request that got a 2xx; 0: none yet. */
  lastAcknowledged: number;
};

export function newTally(): Tally {
  return { sent: new Set(), acknowledged: new Set(), outcomes: {}, wrong: [], lastAcknowledged: 0 };
}
