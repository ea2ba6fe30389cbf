import type { BreakdownQuery } from '../../src/report/breakdown.ts';

/** A question of the dashboard, or a step down from it, with the same in DuckDB's words. */
export type Question = {
  id: string;
  kind: 'dashboard' | 'drill-down';
  query: Pick<BreakdownQuery, 'by' | 'then_by' | 'compare' | 'publisher_name' | 'buyer_name' | 'vertical'> & {
    days: number;
  };
  /** Null: a question that names no group by which DuckDB would be asked. */
  duckdb: { key: string; filter?: string };
};

const timeZone = 'America/New_York';
const local = `(call_at at time zone '${timeZone}')`;

function ask(
  id: string,
  kind: Question['kind'],
  query: Omit<Question['query'], 'compare'> & { compare?: 'previous' },
  key: string,
  filter?: string,
): Question {
  return { id, kind, query: { compare: 'none', ...query }, duckdb: { key, ...(filter && { filter }) } };
}

/** What the overview asks, over its periods, in a zone whose days are not UTC's; then ten steps down. */
export const questions: Question[] = [
  ask('publisher-today', 'dashboard', { by: 'publisher', days: 1 }, 'publisher_name'),
  ask('publisher-7d', 'dashboard', { by: 'publisher', days: 7 }, 'publisher_name'),
  ask('publisher-30d', 'dashboard', { by: 'publisher', days: 30 }, 'publisher_name'),
  ask('publisher-90d', 'dashboard', { by: 'publisher', days: 90 }, 'publisher_name'),
  ask('publisher-365d', 'dashboard', { by: 'publisher', days: 365 }, 'publisher_name'),
  ask('buyer-30d', 'dashboard', { by: 'buyer', days: 30 }, 'buyer_name'),
  ask('campaign-30d', 'dashboard', { by: 'campaign', days: 30 }, 'campaign_name'),
  ask('vertical-30d', 'dashboard', { by: 'vertical', days: 30 }, 'vertical'),
  ask('state-30d', 'dashboard', { by: 'state', days: 30 }, 'inbound_number_state'),
  ask('connection-30d', 'dashboard', { by: 'connection', days: 30 }, 'connection_id'),
  ask('campaign-365d', 'dashboard', { by: 'campaign', days: 365 }, 'campaign_name'),
  ask('day-30d', 'dashboard', { by: 'day', days: 30 }, `${local}::date`),
  ask('day-90d', 'dashboard', { by: 'day', days: 90 }, `${local}::date`),
  ask('day-365d', 'dashboard', { by: 'day', days: 365 }, `${local}::date`),
  ask('hour-today', 'dashboard', { by: 'hour', days: 1 }, `hour(${local})`),
  ask('weekday-90d', 'dashboard', { by: 'weekday', days: 90 }, `isodow(${local})`),
  ask('result-30d', 'dashboard', { by: 'result', days: 30 }, 'result'),

  ask(
    'one-publisher-by-day-30d',
    'drill-down',
    { by: 'day', days: 30, publisher_name: 'Publisher 1' },
    `${local}::date`,
    "publisher_name = 'Publisher 1'",
  ),
  ask(
    'one-publisher-by-day-365d',
    'drill-down',
    { by: 'day', days: 365, publisher_name: 'Publisher 1' },
    `${local}::date`,
    "publisher_name = 'Publisher 1'",
  ),
  ask(
    'one-buyer-by-hour-90d',
    'drill-down',
    { by: 'hour', days: 90, buyer_name: 'Buyer 12' },
    `hour(${local})`,
    "buyer_name = 'Buyer 12'",
  ),
  ask(
    'publisher-by-day-7d',
    'drill-down',
    { by: 'publisher', then_by: 'day', days: 7 },
    `(publisher_name, ${local}::date)`,
  ),
  ask(
    'weekday-by-hour-30d',
    'drill-down',
    { by: 'weekday', then_by: 'hour', days: 30 },
    `(isodow(${local}), hour(${local}))`,
  ),
  ask(
    'one-publisher-by-buyer-7d',
    'drill-down',
    { by: 'buyer', days: 7, publisher_name: 'Publisher 1' },
    'buyer_name',
    "publisher_name = 'Publisher 1'",
  ),
  ask(
    'buyer-and-vertical-by-campaign-30d',
    'drill-down',
    { by: 'campaign', days: 30, buyer_name: 'Buyer 12', vertical: 'auto' },
    'campaign_name',
    "buyer_name = 'Buyer 12' and vertical = 'auto'",
  ),
  ask(
    'publisher-by-buyer-7d',
    'drill-down',
    { by: 'publisher', then_by: 'buyer', days: 7 },
    '(publisher_name, buyer_name)',
  ),
];
