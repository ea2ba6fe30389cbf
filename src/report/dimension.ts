import { type RawBuilder, sql } from 'kysely';
import type { Dimension, ExtraDimension } from '../contract/reports.ts';
import { extraName } from '../domain/mapping.ts';
import { noneLabel } from './call-filters.ts';
import { storableText } from './invalid-query.ts';

type Fragment = RawBuilder<unknown>;

/** How calls are grouped by a dimension, and how its keys read. */
export type DimensionRule = {
  /** What a call `c` is grouped by: a value of its own, or a stretch of its time on some clock. */
  key:
    | { of: 'call'; value: Fragment }
    /** `ofDay`: it tells hours of a day apart, and not only dates. */
    | { of: 'time'; bucket: (local: Fragment) => Fragment; ofDay: boolean };
  order: 'calls' | 'key';
  /** The key as it crosses the wire, from PostgreSQL's text. */
  wireKey: (key: string) => string;
  label: (key: string | null) => string;
};

/** The key of calls `c` at `at`, times by the clocks of `timeZone`. */
export function keyOf({ key }: DimensionRule, at: Fragment, timeZone: Fragment): Fragment {
  return key.of === 'call' ? key.value : key.bucket(sql`(${at} at time zone ${timeZone})`);
}

const same = (key: string) => key;
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const rules: Record<Dimension, DimensionRule> = {
  publisher: name('publisher_name'),
  publisher_sub_id: name('publisher_sub_id'),
  subsource: name('subsource'),
  buyer: name('buyer_name'),
  campaign: name('campaign_name'),
  target: name('target_name'),
  vertical: name('vertical'),
  state: name('inbound_number_state'),
  zip: name('zip_code'),
  branch: name('branch_name'),
  data_source: name('data_source'),
  end_source: name('end_call_source'),
  connection: name('connection_id'),
  day: time((local) => sql`${local}::date`),
  week: time((local) => sql`date_trunc('week', ${local})::date`, { label: (key) => `Week of ${key}` }),
  month: time((local) => sql`date_trunc('month', ${local})::date`, { wireKey: (key) => key.slice(0, 7) }),
  hour: time((local) => sql`extract(hour from ${local})::int`, {
    ofDay: true,
    wireKey: (key) => key.padStart(2, '0'),
    label: (key) => `${key}:00`,
  }),
  weekday: time((local) => sql`extract(isodow from ${local})::int`, {
    label: (key) => weekdays[Number(key) - 1] ?? key,
  }),
  reached: finding('reached', 'Not scored'),
  prospect: finding('prospect', 'Not scored'),
  reason: finding('reason', noneLabel),
  result: finding('result', 'Not scored'),
  billable: finding('billable', 'Not scored'),
  flag: {
    // as the filter `flag=none` has it: what was never judged has not been found to be without
    key: { of: 'call', value: sql`coalesce(g.flag, case when c.scored_at is not null then 'none' end)` },
    order: 'calls',
    wireKey: same,
    label: (key) => (key === null ? 'Not scored' : key === 'none' ? 'No flag' : words(key)),
  },
  scorecard: {
    key: { of: 'call', value: sql`(e.scorecard || ' ' || e.scorecard_version)` },
    order: 'calls',
    wireKey: same,
    label: (key) => key ?? 'Not scored',
  },
  disagreement: {
    key: { of: 'call', value: sql`d.disagreement` },
    order: 'calls',
    wireKey: same,
    label: (key) => (key === null ? 'None, or not scored' : words(key)),
  },
};

/** What calls `c` are joined with so that a dimension's key is at hand. A call with two flags has two rows. */
export const dimensionJoins: Partial<Record<string, Fragment>> = {
  flag: sql`left join lateral unnest(c.flags) g(flag) on true`,
  scorecard: sql`left join evaluation e on e.id = c.evaluation_id`,
  disagreement: sql`left join lateral (values
      ('billed_not_qualified', c.billed_not_qualified), ('qualified_not_billed', c.qualified_not_billed),
      ('sale_heard_not_reported', c.sale_heard_not_reported), ('sale_reported_not_heard', c.sale_reported_not_heard)
    ) d(disagreement, holds) on d.holds`,
};

/** Dimensions of which one call may fall under several keys: their rows add up to more than the total. */
export const overlapping: ReadonlySet<string> = new Set(['flag', 'disagreement']);

/** Dimensions whose keys were found on calls: no names of somebody who may be new. */
export const findings: ReadonlySet<string> = new Set([
  'reached',
  'prospect',
  'reason',
  'result',
  'billable',
  'flag',
  'scorecard',
  'disagreement',
]);

/** @throws InvalidQuery for a name that no field can have */
export function dimensionRule(by: Dimension | ExtraDimension): DimensionRule {
  const own = extraName(by);
  return own === null ? rules[by as Dimension] : extra(storableText('by', own));
}

function name(column: string): DimensionRule {
  return named(sql.ref(`c.${column}`));
}

function extra(field: string): DimensionRule {
  return named(sql`c.extra ->> ${field}::text`);
}

function named(value: Fragment): DimensionRule {
  return {
    key: { of: 'call', value },
    order: 'calls',
    wireKey: same,
    label: (key) => key ?? noneLabel,
  };
}

/** `existing_customer` → `Existing customer`. */
function finding(column: string, unknown: string): DimensionRule {
  return { ...name(column), label: (key) => (key === null ? unknown : words(key)) };
}

function words(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1).replaceAll('_', ' ');
}

/** `local`: the call's time on the clocks of the report's zone; the database knows their changes. */
function time(
  bucket: (local: Fragment) => Fragment,
  read: { wireKey?: (key: string) => string; label?: (key: string) => string; ofDay?: boolean } = {},
): DimensionRule {
  const { wireKey = same, label = same, ofDay = false } = read;
  return {
    key: { of: 'time', bucket, ofDay },
    order: 'key',
    wireKey,
    label: (key) => (key === null ? noneLabel : label(key)),
  };
}
