import { sql } from 'kysely';
import type { Database } from '../db/database.ts';
import type { FailureCode } from '../domain/failure.ts';
import { type HostPattern, matchesHost } from '../lib/host-pattern.ts';
import { portOf } from '../lib/safe-fetch-host-rules.ts';
import { repairUrl } from './repair-url.ts';

/** What another credential, port or certificate may cure; servers that hide what is closed answer "not found". */
const curable: FailureCode[] = [
  'recording.unauthorized',
  'recording.not-audio',
  'recording.not-found',
  'recording.untrusted',
  'recording.blocked-port',
];

/**
 * Starts the recording stage again for the calls of a connection that could not be fetched from a host.
 * @returns how many
 */
export async function rerunForHost(
  db: Database,
  connectionId: string,
  pattern: HostPattern,
): Promise<number> {
  const { rows } = await sql<{ call_id: string; recording: string; error_detail: string | null }>`
    select s.call_id, c.recording, s.error_detail from call_stage s join call c on c.id = s.call_id
    where s.stage = 'recording' and s.state in ('failed', 'retrying', 'parked')
      and s.error_code = any(${curable}) and c.connection_id = ${connectionId}
      and c.recording is not null`.execute(db);
  const concerned = rows.filter(
    ({ recording, error_detail }) =>
      isAt(pattern, repairUrl(recording)?.url) || isAt(pattern, `https://${leadingHost(error_detail)}/`),
  );
  if (concerned.length === 0) return 0;
  const rerun = await sql`
    update call_stage set state = 'waiting', run = run + 1, attempts = 0, due_at = now(), error_code = null,
      error_detail = null
    where stage = 'recording' and call_id = any(${concerned.map((row) => row.call_id)})
      and state in ('failed', 'retrying', 'parked')`.execute(db);
  return Number(rerun.numAffectedRows ?? 0n);
}

/** Faults of a download begin with the host that caused them, which may be one that a redirect led to. */
function leadingHost(detail: string | null): string {
  return /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d+)?/i.exec(detail ?? '')?.[0]?.replace(/:$/, '') ?? '';
}

function isAt(pattern: HostPattern, address: string | undefined): boolean {
  const url = address === undefined ? null : URL.parse(address);
  return url !== null && matchesHost(pattern, url.hostname, portOf(url));
}
