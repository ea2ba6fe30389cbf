import { sql } from 'kysely';
import type { ScheduleBody } from '../contract/schedules.ts';

/** Whose a schedule is: a person by e-mail address, a machine key by name, or whoever works on the machine itself. */
export type ScheduleOwner = { owner: string; kind: NonNullable<ScheduleBody['owner_kind']> };

/**
 * Whether the owner of schedule `s` may no longer send: his account is gone or may only look, the key is revoked. Of a
 * schedule from before owners were noted nobody knows.
 */
export const ownerGone = sql<boolean>`case s.owner_kind
  when 'person' then not exists (select from "user" u where u.email = s.owner and u.role = 'owner')
  when 'key' then not exists (
    select from api_key k where k.name = s.owner and k.revoked_at is null and 'write' = any (k.scopes))
  else false end`;
