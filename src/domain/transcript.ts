export type Speaker = 'caller' | 'agent' | 'ivr' | 'unknown';

/** A word with its place in the recording, in seconds from the start. */
export type Word = { text: string; start: number; end: number; confidence: number | null };

/** What one speaker says until the other one speaks. Times in seconds from the recording's start. */
export type Turn = {
  speaker: Speaker;
  /** 0..1; 1 where the channel settles it. */
  speakerConfidence: number;
  start: number;
  end: number;
  text: string;
  /** Empty where the engine gives no word times. */
  words: Word[];
};

export const sensitiveKinds = [
  'card_number',
  'card_cvv',
  'ssn',
  'bank_account',
  'date_of_birth',
  'medicare_id',
] as const;
export type SensitiveKind = (typeof sensitiveKinds)[number];

/** A removed stretch: the text holds `[card_number]` in its place; the audio is muted from start to end. */
export type Redaction = {
  kind: SensitiveKind;
  turn: number;
  start: number;
  end: number;
  /** Of a birth date: the age on the day of the call, as a band of five years (`65-69`), for judging. */
  age_band?: string;
};

/** The redacted text of a recording. Nothing unredacted is ever stored. */
export type Transcript = {
  turns: Turn[];
  redactions: Redaction[];
  /** BCP 47, e.g. `en`. */
  language: string;
  /** Provider and model, e.g. `local:zipformer-en-3.3m`. */
  engine: string;
  /** True when the text did not come from listening to the audio: the demo's simulated provider. */
  simulated: boolean;
};
