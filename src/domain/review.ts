import type { Evidence, Judgement } from './answer.ts';
import type { Billable, Flag, NotAProspectReason, Prospect, Reached, Result } from './outcome.ts';
import { notAProspectReasons } from './outcome.ts';

/** What a person can say about a call: one answer, one flag, or a part of the outcome. */
export const reviewFields = ['answer', 'reached', 'prospect', 'result', 'billable', 'flag'] as const;
export type ReviewField = (typeof reviewFields)[number];

/** A review that stands: a person's word, in place of the judge's or confirming it. */
export type Review = {
  field: ReviewField;
  /** Criterion of an answer, name of a flag, else ''. */
  subject: string;
  /** A value of the criterion; `yes` or `no` of a flag; else a value of the outcome's field. */
  value: string;
  /** With prospect `unqualified` or `not_a_prospect`: the failed gate, or why. */
  prospectReason: string | null;
  /** The turns that the person pointed at; may be empty. */
  evidence: Evidence[];
  /** Why, in the person's words. */
  reason: string;
  reviewedBy: string;
};

/** What people settled about the outcome itself, over what follows from the answers. */
export type Ruling = {
  prospect?: { prospect: Prospect; reason: string | null; by: string; because: string };
  billable?: { billable: Billable; by: string; because: string };
};

/**
 * Puts people's words in place of the judge's. What policy derives from them it derives as ever: a corrected answer
 * may change prospect and billable. Reviews of criteria that the judgement does not know change nothing.
 */
export function applyReviews(
  judgement: Judgement,
  reviews: readonly Review[],
): { judgement: Judgement; ruling: Ruling } {
  const find = (field: ReviewField, subject = '') =>
    reviews.find((review) => review.field === field && review.subject === subject);
  const reached = find('reached');
  const result = find('result');
  const prospect = find('prospect');
  const billable = find('billable');
  const unsaid = reviews.filter(({ field, value }) => field === 'flag' && value === 'no');
  const raised = reviews.filter(
    ({ field, subject, value }) =>
      field === 'flag' && value === 'yes' && !judgement.flags.some(({ flag }) => flag === subject),
  );
  return {
    judgement: {
      ...judgement,
      reached: (reached?.value as Reached | undefined) ?? judgement.reached,
      answers: judgement.answers.map((answer) => {
        const review = find('answer', answer.criterion);
        if (!review) return answer;
        const evidence =
          review.evidence.length > 0 || review.value !== answer.value ? review.evidence : answer.evidence;
        return {
          ...answer,
          value: review.value,
          confidence: 1,
          evidence,
          note: `by ${review.reviewedBy}: ${review.reason}`,
        };
      }),
      disqualifier: prospect ? ruledDisqualifier(prospect) : judgement.disqualifier,
      result: result
        ? {
            value: result.value as Result,
            evidence: result.value === judgement.result.value ? judgement.result.evidence : result.evidence,
          }
        : judgement.result,
      flags: [
        ...judgement.flags.filter(({ flag }) => !unsaid.some(({ subject }) => subject === flag)),
        ...raised.map(({ subject, evidence }) => ({ flag: subject as Flag, evidence })),
      ],
    },
    ruling: {
      ...(prospect && {
        prospect: {
          prospect: prospect.value as Prospect,
          reason: prospect.prospectReason,
          by: prospect.reviewedBy,
          because: prospect.reason,
        },
      }),
      ...(billable && {
        billable: { billable: billable.value as Billable, by: billable.reviewedBy, because: billable.reason },
      }),
    },
  };
}

function ruledDisqualifier({ value, prospectReason, evidence }: Review): Judgement['disqualifier'] {
  const reason = notAProspectReasons.find((known) => known === prospectReason) as
    | NotAProspectReason
    | undefined;
  return value === 'not_a_prospect' && reason ? { reason, evidence } : null;
}
