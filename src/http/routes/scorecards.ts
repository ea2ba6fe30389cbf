import type { z } from 'zod';
import {
  checkScorecard,
  dropScorecardDraft,
  getScorecardRules,
  getScorecardSource,
  listScorecards,
  publishScorecard,
  putScorecardRules,
  type ScorecardRuleBody,
  saveScorecardDraft,
  type scorecardFault,
} from '../../contract/scorecards.ts';
import type { Database } from '../../db/database.ts';
import type { Scorecard } from '../../domain/scorecard.ts';
import {
  listScorecards as queryScorecards,
  getScorecardSource as querySource,
} from '../../report/scorecard-list.ts';
import type { Bind } from '../bind.ts';
import { notFound, Problem } from '../problems.ts';

type Fault = z.infer<typeof scorecardFault>;

/** What can be done with scorecards; made in src/main/compose-judgement.ts. */
export type ScorecardOperations = {
  /** In force, and drafts of those that are not published yet. */
  shown: () => Promise<Scorecard[]>;
  check: (source: string) => Promise<z.infer<(typeof checkScorecard)['response']>>;
  saveDraft: (
    source: string,
    by: string,
  ) => Promise<z.infer<(typeof saveScorecardDraft)['response']> | { faults: Fault[] }>;
  dropDraft: (id: string) => Promise<boolean>;
  publish: (id: string, version: string | null, by: string) => Promise<string | null>;
  rules: () => Promise<ScorecardRuleBody[]>;
  /** @returns what is wrong with the rules; nothing: they are saved */
  saveRules: (rules: ScorecardRuleBody[]) => Promise<{ rule: number; problem: string }[]>;
};

export function scorecardRoutes(bind: Bind, deps: { db: Database; scorecards: ScorecardOperations }): void {
  const { db, scorecards } = deps;

  bind(listScorecards, async () => ({ items: await queryScorecards(db, await scorecards.shown()) }));

  bind(getScorecardSource, async ({ params }) => {
    const found = await querySource(db, params.id, params.version);
    if (!found) throw notFound('version of a scorecard');
    return found;
  });

  bind(checkScorecard, ({ body }) => scorecards.check(body.source));

  bind(saveScorecardDraft, async ({ body }, { principal }) => {
    const saved = await scorecards.saveDraft(body.source, principal!.email ?? principal!.name);
    if ('faults' in saved) {
      const errors = saved.faults.map(({ line, problem, fix }) => ({
        field: `source:${line}`,
        message: `${problem}; ${fix}`,
      }));
      const detail = errors.map(({ field, message }) => `${field}: ${message}`).join('\n');
      throw new Problem(422, 'faulty_scorecard', detail, { errors });
    }
    return saved;
  });

  bind(dropScorecardDraft, async ({ params }) => {
    if (!(await scorecards.dropDraft(params.id))) throw notFound('draft');
    return { scorecard: params.id };
  });

  bind(publishScorecard, async ({ params, body }, { principal }) => {
    const by = principal!.email ?? principal!.name;
    const version = await scorecards.publish(params.id, body.version, by);
    if (!version)
      throw new Problem(
        409,
        'nothing_to_publish',
        `${params.id} has no such version that is not published yet.`,
      );
    return { scorecard: params.id, version };
  });

  bind(getScorecardRules, async () => ({ rules: await scorecards.rules() }));

  bind(putScorecardRules, async ({ body }) => {
    const faults = await scorecards.saveRules(body.rules);
    if (faults.length > 0) {
      const errors = faults.map(({ rule, problem }) => ({ field: `rules.${rule - 1}`, message: problem }));
      throw new Problem(400, 'bad_request', errors.map(({ message }) => message).join('; '), { errors });
    }
    return { rules: await scorecards.rules() };
  });
}
