/** One row of a file: its data under the sender's names, or why there is none. */
export type FileRow = {
  /** Counted from 1, the header and empty lines left out. */
  number: number;
  /** Where it ends in the file, counted from 1. */
  line: number;
} & ({ data: unknown } | { reason: string });

/** Longest row that is taken, in bytes or characters; as long as the longest request. */
export const maxRowLength = 1 << 20;
