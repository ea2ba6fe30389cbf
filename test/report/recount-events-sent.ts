/** A number in 0 … 1 for the n-th call, the same each time; `salt` tells its uses apart. */
function chance(n: number, salt: number): number {
  let x = Math.imul(n + 1, 2654435761) ^ Math.imul(salt + 1, 2246822519);
  x = Math.imul(x ^ (x >>> 15), 3266489917);
  x = Math.imul(x ^ (x >>> 13), 668265263);
  return ((x ^ (x >>> 16)) >>> 0) / 4294967296;
}

function pick<T>(n: number, salt: number, from: readonly T[]): T {
  return from[Math.floor(chance(n, salt) * from.length)]!;
}

const first = Date.parse('2025-09-21T05:00:00Z');
const days = 78;

/**
 * The events of the n-th call in the order in which they are sent: some calls have one, some three; blanks, corrections,
 * money in several spellings, an early event that comes last, a call without a buyer.
 */
export function eventsOf(n: number): Record<string, unknown>[] {
  const at = new Date(first + Math.floor(chance(n, 1) * days * 86_400) * 1000);
  const joined = chance(n, 2) < 0.75;
  const seconds = joined ? 1 + Math.floor(chance(n, 3) ** 2 * 900) : 0;
  const price = (10 + Math.floor(chance(n, 4) * 6000) / 100).toFixed(2);
  const paid = seconds > 90;
  const id = { call_instance_id: `RGB-${n}` };
  const incoming = {
    ...id,
    event: 'incoming',
    call_date: at.toISOString(),
    caller_id: `+1818555${String(Math.floor(chance(n, 5) * 9000) + 1000)}`,
    publisher_name: pick(n, 6, ['North', 'South', 'East Media', 'West']),
    campaign_name: pick(n, 7, ['Summer', 'Winter', 'Roofs', 'Panels']),
    inbound_number_state: pick(n, 8, ['NY', 'CA', 'TX', 'FL']),
    vertical: pick(n, 9, ['solar', 'roofing', 'medicare']),
    revenue: '999.99',
  };
  const completed = {
    ...id,
    event: 'completed',
    call_date: at.toISOString(),
    caller_id: incoming.caller_id,
    publisher_name: chance(n, 10) < 0.2 ? '' : incoming.publisher_name,
    campaign_name: incoming.campaign_name,
    inbound_number_state: incoming.inbound_number_state,
    vertical: incoming.vertical,
    buyer_name: pick(n, 11, ['Acme', 'Best', 'Core', null]),
    connected_call_length: seconds,
    duration: seconds + 12,
    time_to_connect: chance(n, 12) < 0.5 ? Math.floor(chance(n, 13) * 40) : null,
    converted: paid,
    is_duplicate: chance(n, 14) < 0.08,
    revenue: paid ? (chance(n, 15) < 0.3 ? `$${price}` : price) : '0',
    affiliate_payout: paid ? (Number(price) * 0.7).toFixed(2) : chance(n, 16) < 0.5 ? '0.00' : '',
    cost: '0.05',
  };
  const disposition = {
    ...id,
    event: 'disposition',
    ...(chance(n, 17) < 0.6 && { sale_amount: chance(n, 18) < 0.2 ? '$1,250.00' : '480.5', sale_count: 1 }),
    ...(chance(n, 17) >= 0.6 && { revenue: '0.00', affiliate_payout: '0.00' }),
  };
  const late = chance(n, 19);
  if (late < 0.4) return [completed];
  if (late < 0.7) return [incoming, completed];
  return late < 0.8 ? [completed, incoming] : [incoming, completed, disposition];
}
