import { type RawBuilder, sql } from 'kysely';
import type { Dimension, ExtraDimension } from '../contract/reports.ts';
import { extraName } from '../domain/mapping.ts';
import { noneLabel } from './call-filters.ts';
import { storableText } from './invalid-query.ts';

/** How calls `c` are grouped by a dimension, and how its keys read. */
export type DimensionRule = {
  key: (timeZone: string) => RawBuilder<unknown>;
  order: 'calls' | 'key';
  /** The key as it crosses the wire, from PostgreSQL's text. */
  wireKey: (key: string) => string;
  label: (key: string | null) => string;
};

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
  connection: name('connection_id'),
  day: time((local) => sql`(${local})::date`),
  week: time((local) => sql`date_trunc('week', ${local})::date`, { label: (key) => `Week of ${key}` }),
  month: time((local) => sql`date_trunc('month', ${local})::date`, { wireKey: (key) => key.slice(0, 7) }),
  hour: time((local) => sql`extract(hour from ${local})::int`, {
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
};

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

function named(value: RawBuilder<unknown>): DimensionRule {
  return {
    key: () => value,
    order: 'calls',
    wireKey: same,
    label: (key) => key ?? noneLabel,
  };
}

/** `existing_customer` → `Existing customer`. */
function finding(column: string, unknown: string): DimensionRule {
  const words = (key: string) => key.charAt(0).toUpperCase() + key.slice(1).replaceAll('_', ' ');
  return { ...name(column), label: (key) => (key === null ? unknown : words(key)) };
}

/** `local`: the call's time on the clocks of the report's zone; the database knows their changes. */
function time(
  bucket: (local: RawBuilder<unknown>) => RawBuilder<unknown>,
  read: { wireKey?: (key: string) => string; label?: (key: string) => string } = {},
): DimensionRule {
  const { wireKey = same, label = same } = read;
  return {
    key: (timeZone) => bucket(sql`c.call_at at time zone ${timeZone}::text`),
    order: 'key',
    wireKey,
    label: (key) => (key === null ? noneLabel : label(key)),
  };
}
