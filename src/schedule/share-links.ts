import { sql } from 'kysely';
import type { SharedScorecard, ShareLinkBody } from '../contract/party-scorecards.ts';
import type { Database } from '../db/database.ts';
import { newId } from '../lib/ids.ts';
import { decodeCursor, encodeCursor } from '../report/cursor.ts';
import { storableText } from '../report/invalid-query.ts';

/** Notes that a link was made. @returns its id, which the signed token carries */
export async function addShareLink(
  db: Database,
  link: { query: SharedScorecard; madeBy: string; expiresAt: Date },
): Promise<string> {
  const id = newId('lnk');
  await sql`insert into share_link (id, query, made_by, expires_at)
    values (${id}, ${JSON.stringify(link.query)}::jsonb, ${link.madeBy}, ${link.expiresAt})`.execute(db);
  return id;
}

/** What a link shows; null where it was taken back, has expired or never was. */
export async function openShareLink(db: Database, id: string): Promise<SharedScorecard | null> {
  const { rows } = await sql<{ query: SharedScorecard }>`
    select query from share_link where id = ${id} and revoked_at is null and expires_at > now()`.execute(db);
  return rows[0]?.query ?? null;
}

type Row = Omit<ShareLinkBody, 'created_at' | 'expires_at' | 'revoked_at' | keyof SharedScorecard> & {
  query: SharedScorecard;
  created_at: Date;
  expires_at: Date;
  revoked_at: Date | null;
  place: string;
};
const columns = sql`id, query, made_by, created_at, expires_at, revoked_at, revoked_by, created_at::text as place`;

export type LinksQuery = {
  limit: number;
  cursor?: string | undefined;
  party?: SharedScorecard['party'] | undefined;
  name?: string | undefined;
};

/** A page of links, newest first; without their tokens, which nobody but their makers ever saw. @throws InvalidQuery */
export async function listShareLinks(
  db: Database,
  { limit, cursor, party, name }: LinksQuery,
): Promise<{ items: ShareLinkBody[]; next: string | null }> {
  const after = decodeCursor('share-links', cursor);
  const ofParty = sql`(${party ?? null}::text is null or query ->> 'party' = ${party ?? null})
    and (${name ?? null}::text is null or query ->> 'name' = ${name === undefined ? null : storableText('name', name)})`;
  const older = after ? sql`(created_at, id) < (${after.at}::timestamptz, ${after.id})` : sql`true`;
  const { rows } = await sql<Row>`select ${columns} from share_link where ${older} and ${ofParty}
    order by created_at desc, id desc limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last;
  return {
    items: shown.map(toBody),
    next: more ? encodeCursor('share-links', { at: last.place, id: last.id }) : null,
  };
}

/** Takes a link back; again changes nothing. @returns null where there is none of this id */
export async function revokeShareLink(db: Database, id: string, by: string): Promise<ShareLinkBody | null> {
  await sql`update share_link set revoked_at = now(), revoked_by = ${by}
    where id = ${id} and revoked_at is null`.execute(db);
  const { rows } = await sql<Row>`select ${columns} from share_link where id = ${id}`.execute(db);
  return rows[0] ? toBody(rows[0]) : null;
}

function toBody({ place: _, query, created_at, expires_at, revoked_at, ...row }: Row): ShareLinkBody {
  return {
    ...row,
    ...query,
    created_at: created_at.toISOString(),
    expires_at: expires_at.toISOString(),
    revoked_at: revoked_at?.toISOString() ?? null,
  };
}
