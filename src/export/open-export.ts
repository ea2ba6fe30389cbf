import type { z } from 'zod';
import { type ExportKind, exportKinds } from '../contract/exports.ts';
import type { Database } from '../db/database.ts';
import { getBreakdown } from '../report/breakdown.ts';
import { callColumnIds, openCallExport } from '../report/call-export.ts';
import { listChanges } from '../report/change-list.ts';
import { getCoverage, listUnscoredCalls } from '../report/coverage.ts';
import { listDisagreeingCalls } from '../report/disagreeing-calls.ts';
import { getDisagreements } from '../report/disagreement-report.ts';
import { InvalidQuery } from '../report/invalid-query.ts';
import { metricDefinitions } from '../report/metrics.ts';
import { listRepeatCallers } from '../report/repeat-callers.ts';
import { searchCalls } from '../report/search.ts';
import { getSilentSources } from '../report/silent-sources.ts';
import { getThresholdClustering, type PolicySeconds } from '../report/threshold-clustering.ts';
import { allAtOnce } from './all-at-once.ts';
import {
  disagreeingColumns,
  searchColumns,
  toDisagreeingRow,
  toSearchRow,
  toUnscoredRow,
  unscoredColumns,
} from './call-rows.ts';
import { changeColumns, toChangeRow } from './change-rows.ts';
import { toDisagreementTable } from './disagreement-table.ts';
import type { ExportRows } from './export-column.ts';
import { readPages } from './read-pages.ts';
import { toReportTable } from './report-table.ts';
import type { Table } from './table-model.ts';
import {
  repeatCallerColumns,
  toCoverageRows,
  toRepeatCallerRow,
  toSilentSourceRows,
  toThresholdRows,
} from './traffic-rows.ts';

/** What reports go by besides what is asked. */
export type ReportSettings = {
  /** Of dates and times where a query names no zone. */
  timeZone: string;
  /** From which connected time the scorecards' billing rules pay. */
  policySeconds: () => Promise<PolicySeconds>;
};

export type ExportAsked = {
  kind: ExportKind;
  /** As in the address of the list or report. */
  query: Record<string, string>;
  /** Ids of the columns of calls; null: all. */
  columns: string[] | null;
};

type Opener<K extends ExportKind> = (
  db: Database,
  query: z.infer<(typeof exportKinds)[K]>,
  columns: string[] | null,
  settings: ReportSettings,
) => Promise<ExportRows>;

/** Rows of a report in a file: as many as a sheet holds. */
const rowsOfFile = 1_048_000;

/** Rows that are read from a list at once. */
const pageRows = 500;
/** Each page of callers groups all calls of the period again: few pages. */
const callersOfPage = 10_000;

/** Of what columns can be chosen, and their ids. */
const chosenFrom: Partial<Record<ExportKind, string[]>> = {
  calls: callColumnIds,
  breakdown: metricDefinitions.map(({ id }) => id),
};

const openers: { [K in ExportKind]: Opener<K> } = {
  calls: (db, { limit: _, cursor: __, ...query }, columns) => openCallExport(db, query, columns),
  search: async (db, query) => ({
    columns: searchColumns,
    batches: readPages((cursor) => searchCalls(db, { ...query, limit: 100, cursor }), toSearchRow),
    expected: null,
  }),
  breakdown: async (db, query, columns) => {
    const report = await getBreakdown(db, query, new Date(), true, rowsOfFile);
    return fromTable(toReportTable(report, columns ?? undefined));
  },
  disagreements: async (db, query) => fromTable(toDisagreementTable(await getDisagreements(db, query))),
  disagreeing_calls: async (db, query) => ({
    columns: disagreeingColumns,
    batches: readPages(
      (cursor) => listDisagreeingCalls(db, { ...query, limit: pageRows, cursor }),
      toDisagreeingRow,
    ),
    expected: null,
  }),
  changes: async (db, query) => ({
    columns: changeColumns,
    batches: readPages((cursor) => listChanges(db, { ...query, limit: pageRows, cursor }), toChangeRow),
    expected: null,
  }),
  coverage: async (db, query) => toCoverageRows(await getCoverage(db, query)),
  unscored_calls: async (db, query) => ({
    columns: unscoredColumns,
    batches: readPages(
      (cursor) => listUnscoredCalls(db, { ...query, limit: pageRows, cursor }),
      toUnscoredRow,
    ),
    expected: null,
  }),
  threshold_clustering: async (db, query, _, { policySeconds }) =>
    toThresholdRows(await getThresholdClustering(db, query, await policySeconds())),
  repeat_callers: async (db, query) => {
    // the last 30 days stay the same ones from page to page
    const now = new Date();
    const limit = callersOfPage;
    return {
      columns: repeatCallerColumns,
      batches: readPages(
        (cursor) => listRepeatCallers(db, { ...query, limit, cursor }, now),
        toRepeatCallerRow,
      ),
      expected: null,
    };
  },
  silent_sources: async (db, query) => toSilentSourceRows(await getSilentSources(db, query)),
};

/**
 * What a list or report shows, to be written out: all of it, not only the page on the screen.
 * @throws InvalidQuery
 */
export function openExport(db: Database, asked: ExportAsked, settings: ReportSettings): Promise<ExportRows> {
  const query = readExportQuery(asked.kind, { time_zone: settings.timeZone, ...asked.query });
  checkColumns(asked);
  const open = openers[asked.kind] as Opener<ExportKind>;
  return open(db, query as never, asked.columns, settings);
}

/** @throws InvalidQuery where a column is chosen that there is not */
export function checkColumns({ kind, columns }: Pick<ExportAsked, 'kind' | 'columns'>): void {
  const known = chosenFrom[kind] ?? [];
  const unknown = columns?.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  const of = kind.replaceAll('_', ' ');
  const told = known.length > 0 ? `Known of ${of}: ${known.join(', ')}.` : `Those of ${of} cannot be chosen.`;
  throw new InvalidQuery('columns', `There is no column ${unknown}. ${told}`);
}

/** @throws InvalidQuery naming the first parameter that is wrong */
export function readExportQuery(kind: ExportKind, query: Record<string, string>) {
  const shape = exportKinds[kind];
  const unknown = Object.keys(query).find((name) => !(name in shape.shape));
  if (unknown) throw new InvalidQuery(`query.${unknown}`, `\`${unknown}\` is not known here.`);
  const read = shape.safeParse(query);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const name = issue?.path.join('.') ?? '';
  throw new InvalidQuery(`query.${name}`, `\`${name}\`: ${issue?.message ?? 'cannot be read'}`);
}

/** A table's columns have no ids: they are named by their headings. */
function fromTable({ columns, rows }: Table): ExportRows {
  return allAtOnce(
    columns.map((column) => ({ id: column.heading, ...column })),
    rows,
  );
}
