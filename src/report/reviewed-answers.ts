import type { CallBody } from '../contract/calls.ts';
import type { ReviewBody } from '../contract/review.ts';
import type { Answer } from '../domain/answer.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Criterion } from '../domain/scorecard.ts';

type AnswerBody = CallBody['answers'][number];

/** What a criterion asks; null where this version of the scorecard is no longer at hand. */
export type DescribeCriterion = (
  scorecard: string,
  version: string,
  criterion: string,
) => Promise<DescribedCriterion | null> | DescribedCriterion | null;
type DescribedCriterion = Pick<Criterion, 'question' | 'gate'> & Partial<Pick<Criterion, 'kind' | 'choices'>>;

/** The answers that stand: a person's where one spoke, with the judge's own beside it. */
export function describeAnswers(
  answers: readonly Answer[],
  reviews: readonly ReviewBody[],
  { scorecard, scorecard_version: version }: { scorecard: string; scorecard_version: string },
  describe: DescribeCriterion,
): Promise<AnswerBody[]> {
  return Promise.all(
    answers.map(async ({ criterion, value, confidence, note, evidence }) => {
      const described = await describe(scorecard, version, criterion);
      const {
        question,
        gate,
        kind = 'yes_no',
        choices = [],
      } = described ?? { question: criterion, gate: false };
      const judged = { value, confidence, note, evidence };
      const review = reviews.find(
        (one) => one.undone_at === null && one.field === 'answer' && one.subject === criterion,
      );
      const known = { criterion, question, gate, kind, choices };
      if (!review) return { ...known, ...judged, judged: null };
      const isSame = review.value === value && review.evidence.length === 0;
      return {
        ...known,
        value: review.value,
        confidence: 1,
        note: null,
        evidence: isSame ? evidence : review.evidence,
        judged,
      };
    }),
  );
}

/** The judge's own outcome, where a person said anything about the call. */
export function judgedOutcome(
  stored: Partial<Outcome> | null,
  reviews: readonly ReviewBody[],
): CallBody['judged'] {
  if (!stored?.reached || !reviews.some(({ undone_at }) => undone_at === null)) return null;
  const { reached, prospect, reason, result, billable, flags, explanation } = stored as Outcome;
  return { reached, prospect, reason, result, billable, flags, explanation };
}
