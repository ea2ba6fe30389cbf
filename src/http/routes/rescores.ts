import type { z } from 'zod';
import {
  createRescore,
  decideRescore,
  getRescore,
  listRescoredCalls,
  listRescores,
} from '../../contract/rescores.ts';
import type { Database } from '../../db/database.ts';
import { getRescore as queryRescore, listRescores as queryRescores } from '../../report/rescore-list.ts';
import { summarizeRescore } from '../../report/rescore-summary.ts';
import { listRescoredCalls as queryCalls } from '../../report/rescored-calls.ts';
import type { Bind } from '../bind.ts';
import { notFound, Problem } from '../problems.ts';

/** What can be done with rescores; made in src/main/compose-judgement.ts. */
export type RescoreOperations = {
  /** @returns the id, or what is wrong with the request */
  create: (
    wanted: z.infer<(typeof createRescore)['body']>,
    by: string,
  ) => Promise<{ id: string } | { field: string; problem: string }>;
  /** @returns false where the task is not in a state for it */
  decide: (id: string, decision: 'publish' | 'drop' | 'resume', by: string) => Promise<boolean>;
};

const summarized = new Set(['ready', 'publishing', 'published']);

export function rescoreRoutes(bind: Bind, deps: { db: Database; rescores: RescoreOperations }): void {
  const { db, rescores } = deps;

  async function find(id: string) {
    const found = await queryRescore(db, id);
    if (!found) throw notFound('rescore');
    return found;
  }

  bind(listRescores, ({ query }) => queryRescores(db, query));

  bind(createRescore, async ({ body }, { principal }) => {
    const made = await rescores.create(body, principal!.email ?? principal!.name);
    if ('problem' in made) {
      const errors = [{ field: made.field, message: made.problem }];
      throw new Problem(400, 'bad_request', `${made.field}: ${made.problem}`, { errors });
    }
    return find(made.id);
  });

  bind(getRescore, async ({ params }) => {
    const found = await find(params.id);
    return { ...found, summary: summarized.has(found.state) ? await summarizeRescore(db, found.id) : null };
  });

  bind(listRescoredCalls, async ({ params, query }) => {
    await find(params.id);
    return queryCalls(db, params.id, query);
  });

  bind(decideRescore, async ({ params, body }, { principal }) => {
    const before = await find(params.id);
    if (!(await rescores.decide(params.id, body.decision, principal!.email ?? principal!.name)))
      throw new Problem(
        409,
        'wrong_state',
        `The rescore is ${before.state}; it cannot be told to ${body.decision}.`,
      );
    return find(params.id);
  });
}
