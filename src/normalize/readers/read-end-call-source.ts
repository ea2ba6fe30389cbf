import { foldKey } from '../../lib/fold-key.ts';
import { quoted, type Reading, warn } from '../reading.ts';

const words: Record<string, string> = {};
const sides = {
  Caller: 'caller customer inbound originator callingparty',
  Callee: 'callee target agent buyer recipient destination advertiser calledparty',
  System: 'system platform timeout ivr ivf',
};
for (const [side, list] of Object.entries(sides)) {
  for (const word of list.split(' ')) {
    // caller_hangup (TrackDrive), "Destination: Hang-up" (Invoca), hung up by caller
    for (const end of ['', 'hangup', 'hungup', 'disconnect', 'disconnected', 'ended'])
      words[word + end] = side;
    for (const by of ['by', 'hungupby', 'hangupby', 'endedby', 'callendedby', 'disconnectedby'])
      words[by + word] = side;
  }
}

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
