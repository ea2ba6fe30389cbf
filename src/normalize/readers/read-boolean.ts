import { foldKey } from '../../lib/fold-key.ts';
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
/** What platforms write in these fields alone, without case, spaces and signs. */
const wordsOf: Record<string, Record<string, boolean>> = {
  converted: { didconvert: true, nonconverted: false, didnotconvert: false, noconversion: false },
  is_duplicate: {
    repeat: true,
    repeated: true,
    repeatcaller: true,
    duplicatecaller: true,
    nonduplicate: false,
    notaduplicate: false,
    new: false,
    newcaller: false,
    firsttime: false,
    firsttimecaller: false,
    uniquecaller: false,
  },
};

/** `True`, `TRUE`, `1`, `yes`, `Y`, `on`, `t`, `Converted` and their opposites; anything else is unknown. */
export function readBoolean(text: string, reading: Reading): boolean | undefined {
  const known = words.get(text) ?? words.get(text.toLowerCase());
  if (known !== undefined) return known;
  const own = wordsOf[reading.field];
  const folded = foldKey(text);
  if (own !== undefined && Object.hasOwn(own, folded)) return own[folded];
  return warnUnreadable(reading, text, 'yes or no');
}
