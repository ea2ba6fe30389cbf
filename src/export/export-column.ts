import type { Cell } from './table-model.ts';

/**
 * A column of an export. `text` came from outside and may hold anything; `phone` is E.164; `number`, and `money` in
 * exact decimals, are made by Aria; `instant` is milliseconds since 1970, written in the zone of the export.
 */
export type ExportColumn = {
  id: string;
  heading: string;
  kind: 'text' | 'phone' | 'number' | 'money' | 'boolean' | 'instant';
  /** What it counts, where it is a figure of a report. */
  definition?: string | undefined;
};

export type ExportCell = Cell | boolean;

/** What is to be written: rows come in batches, each row with a cell per column; null is unknown. */
export type ExportRows = {
  columns: ExportColumn[];
  batches: AsyncIterable<ExportCell[][]>;
  /** How many rows there will be, for the progress; null where that is not known beforehand. */
  expected: number | null;
};

export const exportFormats = ['csv', 'xlsx', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
};

/** A column of what came from outside, or of words. */
export function textColumn(id: string, heading: string): ExportColumn {
  return { id, heading, kind: 'text' };
}
