import type { z } from 'zod';
import type { SharedScorecard, shareScorecard } from '../contract/party-scorecards.ts';
import type { Database } from '../db/database.ts';
import { getPartyScorecard } from '../report/party-scorecard.ts';
import { addShareLink } from '../schedule/share-links.ts';
import { signShare } from './share-token.ts';

/**
 * Makes a link to a scorecard that works without signing in. Its address is told only here.
 * @throws InvalidQuery where there is no such scorecard; then there is no link either
 */
export async function makeShareLink(
  deps: { db: Database; shareSecret: string; publicUrl: string },
  { days, madeBy, ...query }: SharedScorecard & { days: number; madeBy: string },
): Promise<z.infer<(typeof shareScorecard)['response']>> {
  const { db, shareSecret, publicUrl } = deps;
  await getPartyScorecard(db, query);
  const expiresAt = new Date(Date.now() + days * 86_400_000);
  const id = await addShareLink(db, { query, madeBy, expiresAt });
  return {
    id,
    url: `${publicUrl}/share/${signShare(shareSecret, id, expiresAt)}`,
    expires_at: expiresAt.toISOString(),
  };
}
