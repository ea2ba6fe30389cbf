import type { ReviewBody } from '../../contract/review.ts';
import {
  createReviews,
  getAgreement,
  listReviews,
  type NewReviewBody,
  undoReview,
} from '../../contract/reviews.ts';
import type { Database } from '../../db/database.ts';
import { getAgreement as queryAgreement } from '../../report/agreement.ts';
import { listReviews as queryReviews } from '../../report/review-list.ts';
import type { Bind } from '../bind.ts';
import { notFound, Problem } from '../problems.ts';

/** What can be done with reviews; made in src/main/compose-judgement.ts. */
export type ReviewOperations = {
  /** Null: no such call. A problem: why it cannot stand. */
  review: (
    callId: string,
    reviews: NewReviewBody[],
    by: string,
  ) => Promise<ReviewBody[] | { problem: string } | null>;
  /** Null: no such review that stands. */
  undo: (id: string, by: string) => Promise<ReviewBody | { problem: string } | null>;
};

export function reviewRoutes(bind: Bind, deps: { db: Database; reviews: ReviewOperations }): void {
  const { db, reviews } = deps;

  bind(createReviews, async ({ params, body }, { principal }) => {
    const items = await reviews.review(params.id, body.reviews, principal!.email ?? principal!.name);
    if (!items) throw notFound('call');
    if ('problem' in items) throw new Problem(422, 'invalid_review', items.problem);
    return { items };
  });

  bind(undoReview, async ({ params }, { principal }) => {
    const undone = await reviews.undo(params.id, principal!.email ?? principal!.name);
    if (!undone) throw notFound('review that stands');
    if ('problem' in undone) throw new Problem(422, 'invalid_review', undone.problem);
    return undone;
  });

  bind(listReviews, ({ query }) => queryReviews(db, query));

  bind(getAgreement, ({ query }) => queryAgreement(db, query));
}
