import type { ScorecardRuleBody } from '../contract/scorecards.ts';
import type { Database } from '../db/database.ts';
import type { RescoreOperations } from '../http/routes/rescores.ts';
import type { ReviewOperations } from '../http/routes/reviews.ts';
import type { ScorecardOperations } from '../http/routes/scorecards.ts';
import { parseScorecard } from '../score/parse-scorecard.ts';
import { readShared } from '../score/read-shared.ts';
import { planRescore } from '../score/rescore/plan-rescore.ts';
import { createRescore, decideRescore } from '../score/rescore/rescore-store.ts';
import { InvalidReview, reviewCall, undoReview } from '../score/review-call.ts';
import { runExamples } from '../score/run-examples.ts';
import {
  checkRules,
  dropDraft,
  FaultyScorecard,
  publishVersion,
  saveDraft,
  saveRules,
} from '../score/save-scorecard.ts';
import type { ScorecardRule } from '../score/scorecard-set.ts';
import { readRules, type ScorecardStore } from '../score/scorecard-store.ts';
import { judgeNames } from './compose-judge.ts';
import type { Config } from './config.ts';
import { scorecardFolders } from './folders.ts';

export type JudgementOperations = {
  scorecards: ScorecardOperations;
  rescores: RescoreOperations;
  reviews: ReviewOperations;
};

/** What pages and API can do with scorecards, rescores and reviews. */
export function composeJudgement(deps: {
  config: Config;
  db: Database;
  store: ScorecardStore;
  /** Calls that waited for a scorecard can go on. */
  onAssigned: () => Promise<void>;
  /** There is a rescore to work on. */
  onRescore: () => void;
}): JudgementOperations {
  const { db, store, config } = deps;
  const sourced = async (source: string) => ({ source, shared: readShared(scorecardFolders(config)) });
  return {
    scorecards: {
      async shown() {
        const { published, drafts } = await store.current();
        return [...published, ...drafts.filter(({ id }) => !published.some((one) => one.id === id))];
      },
      async check(source) {
        const { scorecard, faults } = parseScorecard(await sourced(source), 'draft');
        return { faults, examples: scorecard && faults.length === 0 ? runExamples(scorecard) : null };
      },
      async saveDraft(source, by) {
        try {
          return await saveDraft(db, await sourced(source), by, 'draft');
        } catch (error) {
          if (error instanceof FaultyScorecard) return { faults: error.faults };
          throw error;
        }
      },
      dropDraft: (id) => dropDraft(db, id),
      async publish(id, version, by) {
        const published = await publishVersion(db, id, version, by);
        if (published) await deps.onAssigned();
        return published;
      },
      rules: async () => (await readRules(db)).map(toRuleBody),
      async saveRules(rules) {
        const wanted = rules.map(toRule);
        const faults = await checkRules(db, wanted);
        if (faults.length > 0) return faults;
        await saveRules(db, wanted);
        await deps.onAssigned();
        return [];
      },
    },
    rescores: {
      async create(wanted, by) {
        const plan = await planRescore(wanted, {
          db,
          store,
          judges: judgeNames(config),
        });
        if ('problem' in plan) return plan;
        const id = await createRescore(db, { ...plan, createdBy: by });
        deps.onRescore();
        return { id };
      },
      async decide(id, decision, by) {
        const decided = await decideRescore(db, id, decision, by);
        if (decided) deps.onRescore();
        return decided;
      },
    },
    reviews: {
      review: (callId, reviews, by) => explained(reviewCall(callId, reviews, by, { db, scorecards: store })),
      undo: (id, by) => explained(undoReview(id, by, { db, scorecards: store })),
    },
  };
}

function explained<T>(work: Promise<T>): Promise<T | { problem: string }> {
  return work.catch((error: unknown) => {
    if (error instanceof InvalidReview) return { problem: error.message };
    throw error;
  });
}

function toRuleBody({ connectionId, buyerName, campaignName, ...rule }: ScorecardRule): ScorecardRuleBody {
  return { ...rule, connection_id: connectionId, buyer_name: buyerName, campaign_name: campaignName };
}

function toRule({ connection_id, buyer_name, campaign_name, ...rule }: ScorecardRuleBody): ScorecardRule {
  return { ...rule, connectionId: connection_id, buyerName: buyer_name, campaignName: campaign_name };
}
