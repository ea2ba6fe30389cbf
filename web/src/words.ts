import type { disagreements } from '../../src/contract/calls.ts';
import type { Billable, Prospect, Reached, Result } from '../../src/domain/outcome.ts';
import type { Stage, StageState } from '../../src/domain/stage.ts';

/** How colour speaks: always beside a word or an icon, never alone. */
export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad';

export const reachedWords: Record<Reached, string> = {
  no_conversation: 'No conversation',
  ivr_only: 'Menu only',
  voicemail: 'Voicemail',
  caller_left: 'Caller left',
  agent_left: 'Agent left',
  conversation: 'Conversation',
};

export const prospectWords: Record<Prospect, string> = {
  qualified: 'Qualified',
  unqualified: 'Unqualified',
  not_a_prospect: 'Not a prospect',
  unknown: 'Unknown',
};

export const resultWords: Record<Result, string> = {
  none: 'No result',
  information: 'Information',
  quote: 'Quote',
  callback: 'Call back',
  appointment: 'Appointment',
  application: 'Application',
  sale: 'Sale',
};

export const billableWords: Record<Billable, string> = {
  yes: 'Billable',
  no: 'Not billable',
  review: 'Needs review',
};

export const billableTones: Record<Billable, Tone> = { yes: 'good', no: 'neutral', review: 'warn' };

export const prospectTones: Record<Prospect, Tone> = {
  qualified: 'good',
  unqualified: 'neutral',
  not_a_prospect: 'neutral',
  unknown: 'warn',
};

export type Disagreement = (typeof disagreements)[number];

export const disagreementWords: Record<Disagreement, string> = {
  billed_not_qualified: 'Billed, not qualified',
  qualified_not_billed: 'Qualified, not billed',
  sale_heard_not_reported: 'Sale heard, not reported',
  sale_reported_not_heard: 'Sale reported, not heard',
};

export const stageWords: Record<Stage, string> = {
  recording: 'Recording',
  transcribe: 'Transcript',
  score: 'Score',
};

export const stateWords: Record<StageState, string> = {
  waiting: 'Waiting',
  queued: 'Queued',
  running: 'Running',
  retrying: 'Retrying',
  parked: 'Parked',
  done: 'Done',
  failed: 'Failed',
  skipped: 'Skipped',
};

export const stateTones: Record<StageState, Tone> = {
  waiting: 'neutral',
  queued: 'neutral',
  running: 'accent',
  retrying: 'warn',
  parked: 'warn',
  done: 'good',
  failed: 'bad',
  skipped: 'neutral',
};

/** `has_parts_a_and_b` → `Has parts a and b`: for ids that have no words of their own. */
export function humanize(id: string): string {
  const words = id.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const causeWords = { event: 'event', replay: 'replay', judge: 'judged again', person: 'review' } as const;

/** Who or what changed a call's money or outcome. */
export function changeCause({ kind, by }: { kind: keyof typeof causeWords; by: string | null }): string {
  return by ?? causeWords[kind];
}
