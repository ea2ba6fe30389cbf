/**
 * A table to be written out. The kind of a column says how its cells are treated: `text` came from outside and
 * may hold anything; `phone` is E.164; `number` is decimal text or a number, made by Aria.
 */
export type Column = {
  heading: string;
  kind: 'text' | 'phone' | 'number';
  /** What it counts, where it is a figure of a report. */
  definition?: string | undefined;
};

export type Cell = string | number | null;

/** Each row has a cell per column; null is unknown. */
export type Table = { columns: Column[]; rows: Cell[][] };
