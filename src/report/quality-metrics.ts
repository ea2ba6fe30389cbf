import { sql } from 'kysely';
import { count, type Metric, mean, percent } from './metric.ts';

/** Spread of the scores: the standard deviation of all of them, not of a sample. */
const spread = sql`case when m.score_known > 0 then sqrt(greatest(0, m.score_squares / m.score_known
  - (m.score / m.score_known) * (m.score / m.score_known))) end`;
/** Cohen's kappa over yes, no and review: agreement beyond what chance alone would give. */
const agreed = sql`(m.verdicts_same::numeric / nullif(m.verdicts, 0))`;
const byChance = sql`((m.judged_yes::numeric * m.said_yes + m.judged_no::numeric * m.said_no
  + (m.verdicts - m.judged_yes - m.judged_no)::numeric * (m.verdicts - m.said_yes - m.said_no))
  / nullif(m.verdicts::numeric * m.verdicts, 0))`;

/** What was heard and judged, how surely, and how often a person agreed. */
export const qualityMetrics: Metric[] = [
  count('scored', 'Scored', 'Calls whose recording was transcribed and judged.'),
  percent({
    id: 'coverage',
    label: 'Coverage',
    definition:
      'Connected calls that were scored ÷ connected calls. What was found holds for these calls only.',
    denominator: 'connected',
    of: 'scored_connected',
    by: 'connected',
  }),
  count('conversations', 'Conversations', 'Scored calls in which caller and agent talked to each other.'),
  count(
    'qualified',
    'Qualified',
    'Scored calls whose caller is a prospect and fails no gate of the scorecard.',
  ),
  percent({
    id: 'qualified_rate',
    label: 'Qualified rate',
    definition:
      'Qualified conversations ÷ conversations. Callers of whom too little is known stay in the denominator.',
    denominator: 'conversations',
    of: 'qualified_conversations',
    by: 'conversations',
  }),
  count('billable', 'Billable', 'Scored calls that are billable by the scorecard’s rules.'),
  percent({
    id: 'billable_rate',
    label: 'Billable rate',
    definition: 'Billable ÷ scored calls; those that a person must decide stay in the denominator.',
    denominator: 'scored',
    of: 'billable',
    by: 'scored',
  }),
  count('to_review', 'To review', 'Scored calls whose billability a person must decide.'),
  count(
    'heard_sales',
    'Sales heard',
    'Scored calls with a sale, or an application taken, in the conversation.',
  ),
  percent({
    id: 'heard_sale_rate',
    label: 'Sale rate (heard)',
    definition: 'Sales heard ÷ scored calls.',
    denominator: 'scored',
    of: 'heard_sales',
    by: 'scored',
  }),
  percent({
    id: 'flag_rate',
    label: 'Flag rate',
    definition: 'Scored calls with at least one flag ÷ scored calls.',
    denominator: 'scored',
    of: 'flagged',
    by: 'scored',
  }),
  mean('score', {
    id: 'average_score',
    label: 'Average score',
    definition: 'Mean score, 0 to 100, of the scored calls that have one.',
    denominator: 'scored calls with a score',
    of: 'score',
    by: 'score_known',
  }),
  {
    id: 'score_spread',
    label: 'Score spread',
    unit: 'score',
    definition:
      'Standard deviation of the scores: two thirds of the calls lie about so far from the average.',
    denominator: 'scored calls with a score',
    value: sql`round(${spread}, 1)::float8`,
  },
  count('reviewed', 'Reviewed', 'Calls of which a person has reviewed an answer, a flag or the outcome.'),
  percent({
    id: 'override_rate',
    label: 'Override rate',
    definition: 'Reviewed calls in which a person contradicted the judge ÷ reviewed calls.',
    denominator: 'reviewed',
    of: 'overridden',
    by: 'reviewed',
  }),
  {
    id: 'agreement',
    label: 'Agreement (kappa)',
    unit: 'ratio',
    definition:
      'Cohen’s kappa of judge and person on billable (yes, no, review): 1 is full agreement, 0 no more than by chance.',
    denominator: 'calls whose billable a person has reviewed',
    value: sql`round((${agreed} - ${byChance}) / nullif(1 - ${byChance}, 0), 3)::float8`,
  },
];
