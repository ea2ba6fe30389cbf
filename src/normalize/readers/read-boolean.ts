import { type Reading, warnUnreadable } from '../reading.ts';

const yes = ['true', '1', 'yes', 'y', 'on', 't', 'converted', 'duplicate', '1.0'];
const no = [
  'false',
  '0',
  'no',
  'n',
  'off',
  'f',
  'not converted',
  'notconverted',
  'not_converted',
  'unconverted',
  'not duplicate',
  'unique',
  '0.0',
];
const words = new Map<string, boolean>([
  ...yes.map((w) => [w, true] as const),
  ...no.map((w) => [w, false] as const),
]);

/** `True`, `TRUE`, `1`, `yes`, `Y`, `on`, `t`, `Converted` and their opposites; anything else is unknown. */
export function readBoolean(text: string, reading: Reading): boolean | undefined {
  return words.get(text) ?? words.get(text.toLowerCase()) ?? warnUnreadable(reading, text, 'yes or no');
}
