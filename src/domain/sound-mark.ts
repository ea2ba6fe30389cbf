/**
 * What is heard on a recording besides speech: `music` (hold music, and other sound without a voice), `ringing` (a
 * telephone's ringback tone), `tone` (a beep, a keypad's or a fax's tone), `silence` (nobody and nothing for long).
 */
export const soundMarkKinds = ['music', 'ringing', 'tone', 'silence'] as const;
export type SoundMarkKind = (typeof soundMarkKinds)[number];

/** A stretch of such sound, in seconds from the recording's start. */
export type SoundMark = { kind: SoundMarkKind; start: number; end: number };
