/** The vocabulary of outcomes; meanings in docs/concepts.md. */
export const reachedValues = [
  'no_conversation',
  'ivr_only',
  'voicemail',
  'caller_left',
  'agent_left',
  'conversation',
] as const;
export type Reached = (typeof reachedValues)[number];

export const prospectValues = ['qualified', 'unqualified', 'not_a_prospect', 'unknown'] as const;
export type Prospect = (typeof prospectValues)[number];

/** Reasons for `not_a_prospect`; for `unqualified` the reason is the id of the failed gate. */
export const notAProspectReasons = [
  'existing_customer',
  'wrong_number',
  'job_seeker',
  'solicitor',
  'test_call',
  'robocall',
  'service_request',
  'language',
] as const;
export type NotAProspectReason = (typeof notAProspectReasons)[number];

/** The result ladder, lowest first. */
export const resultValues = [
  'none',
  'information',
  'quote',
  'callback',
  'appointment',
  'application',
  'sale',
] as const;
export type Result = (typeof resultValues)[number];

export const billableValues = ['yes', 'no', 'review'] as const;
export type Billable = (typeof billableValues)[number];

export const flagValues = [
  'recording_not_disclosed',
  'dnc_request',
  'coached_caller',
  'incentivized_caller',
  'misrepresentation',
  'abusive',
] as const;
export type Flag = (typeof flagValues)[number];

/** What policy made of an evaluation. `explanation` is one sentence that names the rule and the answers. */
export type Outcome = {
  reached: Reached;
  prospect: Prospect;
  /** A NotAProspectReason or a failed gate's criterion id; null when qualified or unknown. */
  reason: string | null;
  result: Result;
  billable: Billable;
  /** Id of the billing rule that decided. */
  billableReason: string;
  /** 0..100: weighted share of yes among the answered criteria; null when none is answered. */
  score: number | null;
  flags: Flag[];
  explanation: string;
};
