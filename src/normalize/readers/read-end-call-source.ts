import { foldKey } from '../../lib/fold-key.ts';
import { quoted, type Reading, warn } from '../reading.ts';

const words: Record<string, string> = {};
for (const word of ['caller', 'callerhangup', 'customer', 'inbound', 'hungupbycaller', 'originator'])
  words[word] = 'Caller';
for (const word of [
  'callee',
  'calleehangup',
  'target',
  'targethangup',
  'agent',
  'agenthangup',
  'buyer',
  'buyerhangup',
  'recipient',
  'destination',
  'hungupbycallee',
])
  words[word] = 'Callee';
for (const word of ['system', 'systemhangup', 'platform', 'timeout', 'ivr']) words[word] = 'System';

/** `Caller`, `Callee` or `System`, whatever the platform calls them (a target is a callee); other words are kept. */
export function readEndCallSource(text: string, reading: Reading): string | undefined {
  if (text === 'Caller' || text === 'Callee' || text === 'System') return text;
  const folded = foldKey(text);
  if (Object.hasOwn(words, folded)) return words[folded];
  if (folded === 'unknown') return undefined;
  const kept = text.slice(0, 100).toWellFormed();
  warn(
    reading,
    'unknown_value',
    `${quoted(text)} is none of Caller, Callee, System; it was kept as it came.`,
  );
  return kept;
}
