import type { Flag, NotAProspectReason, Result } from './outcome.ts';

/** What an answer to a criterion looks like: `yes_no`, or a value as text for the other three. */
export const criterionKinds = ['yes_no', 'number', 'choice', 'date'] as const;
export type CriterionKind = (typeof criterionKinds)[number];

/**
 * Cues in the small pattern language of docs/scorecards.md: plain words, `(a|b)` alternatives, `[a]` optional,
 * `~` up to five words, `<n>` a number, `word*` a beginning. Spoken forms are levelled before they are compared
 * (case, punctuation, apostrophes, number words), so a cue is written once, as people say it.
 */
export type Cues = string[];

/** How an amount settles a criterion: `yes` from `atLeast` to `atMost` (inclusive), else `no`. */
export type AmountRule = {
  /** Money in whole units of the call's currency, an age in years, or any plain number such as a credit score. */
  unit: 'money' | 'age' | 'score';
  atLeast: number | null;
  atMost: number | null;
  /** Amounts outside these bounds are taken for something else (a house number, a time). */
  plausible: [number, number];
  /** True when several amounts in one answer are parts of one total. */
  sum: boolean;
};

/** How a date settles a criterion: `yes` when the event lies at most so many months before the call. */
export type DateRule = {
  withinMonths: number;
  /** Words that tell of the event; a date told with them counts without a question. */
  event: Cues;
};

/** What the local judge listens for: data, so that a new criterion needs no code. */
export type Listen = {
  /** Questions to which "yes" means the criterion holds. */
  asks: Cues;
  /** Questions to which "yes" means that it does not hold, e.g. "do you have a lawyer". */
  asksReversed: Cues;
  /** Words of the criterion's subject; they tie a refusal of the agent to the criterion. */
  topic: Cues;
  /** The caller's own words that settle it, wherever they stand. */
  yes: Cues;
  no: Cues;
  /** Words that settle it only as the reply to one of the questions. */
  replyYes: Cues;
  replyNo: Cues;
  /** The agent's conclusions, e.g. "so you are renting", "we can't take anybody with a lawyer". */
  agentYes: Cues;
  agentNo: Cues;
  amount: AmountRule | null;
  date: DateRule | null;
  /** The answer when a conversation about the service took place and nothing of it was said. */
  absent: 'no' | null;
  /** Criteria that are `no` with this one, e.g. a tenant does not decide about the roof. */
  impliesNo: string[];
  /** Results that settle the criterion as `yes`, e.g. a sale shows who decides. */
  settledBy: Result[];
  /** True when a question that was answered and after which the agent went on counts as `yes`. */
  acceptedSilently: boolean;
};

/** When the value of a `number`, `choice` or `date` criterion counts as yes; anything else that is known as no. */
export type HoldsIf = {
  /** Of a number, both inclusive. */
  atLeast?: number;
  atMost?: number;
  /** Of a choice. */
  oneOf?: string[];
  /** Of a date: at most so many months before the call. */
  withinMonths?: number;
};

/** One question of a scorecard. */
export type Criterion = {
  id: string;
  /** Plain language; shown to people and given to a language model. */
  question: string;
  kind: CriterionKind;
  /** For `choice`: the allowed values. */
  choices: string[];
  /** Makes a yes or no of a value, for gates and the score; null where the value is only told. */
  holdsIf?: HoldsIf | null;
  /** Whose words count as evidence. */
  heardFrom: 'caller' | 'agent' | 'anyone';
  /** A prospect is qualified only if no gate is answered `no`. */
  gate: boolean;
  /** True for the one gate that says that the caller wants the service at all. */
  intent: boolean;
  /** Share in the score, 0 or more. */
  weight: number;
  /** `no` sets the score to 0. */
  autoFail: boolean;
  /** Compliance text that must be heard, as data, since wording changes each year. */
  requiredText: string | null;
  examples: Examples;
  listen: Listen;
};

/** Words that count and words that do not, for people, models and `aria scorecard test`; each a dialogue. */
export type Examples = {
  yes: string[];
  no: string[];
  /** Words that sound like it and settle nothing. */
  unknown?: string[];
  /** For criteria with a value: the words, by the value that they give. */
  values?: Record<string, string[]>;
};

/** Cues by which a caller is recognised as someone who did not call for the service. */
export type Disqualifier = {
  reason: NotAProspectReason;
  caller: Cues;
  agent: Cues;
  /** Agent's questions to which the caller's "yes" counts. */
  asks: Cues;
};

/** Cues for one step of the result ladder, by who says them. */
export type ResultCues = { agent: Cues; caller: Cues };

export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** Hours of the week; `from` inclusive, `to` exclusive, as `HH:MM` on a 24-hour clock. */
export type Hours = {
  from: string;
  to: string;
  days: Weekday[];
  /** IANA zone; null: the connection's. */
  timeZone: string | null;
};

/** A billing rule; the first whose conditions all hold decides. Conditions left out do not matter. */
export type BillingRule = {
  id: string;
  when: {
    duplicate?: boolean;
    /** Connected time in seconds, from (inclusive) and below (exclusive). */
    connectedAtLeast?: number;
    connectedBelow?: number;
    reached?: string[];
    prospect?: string[];
    result?: string[];
    reason?: string[];
    flag?: Flag[];
    /** The caller's state as the platform reports it, e.g. `CA`. */
    state?: string[];
    notState?: string[];
    buyer?: string[];
    campaign?: string[];
    publisher?: string[];
    hours?: Hours;
    outsideHours?: Hours;
    /** The same caller reached the same buyer within so many days before. */
    duplicateWithinDays?: number;
    /** By criterion: values of which the answer must be one, or bounds for a number. */
    answer?: Record<string, string[] | { atLeast?: number; atMost?: number }>;
  };
  billable: 'yes' | 'no' | 'review';
  /** One clause for people, e.g. "an appointment is billable even where a gate is unknown". */
  because: string;
};

/** A versioned list of questions for a vertical, with the rules that make an outcome of the answers. */
export type Scorecard = {
  id: string;
  /** Declared version and content hash, e.g. `1+3f9a2c1d`. */
  version: string;
  title: string;
  /** Names under which platforms send this vertical, lower case. */
  aliases: string[];
  criteria: Criterion[];
  disqualifiers: Disqualifier[];
  results: Partial<Record<Result, ResultCues>>;
  /** Cues by flag or by dialogue role (`refusal`, `withdrawal`, ...); names are closed, see scorecard-file.ts. */
  cues: Record<string, Cues>;
  policy: BillingRule[];
};
