import { readFile } from 'node:fs/promises';
import type { SensitiveKind, Speaker } from '../../src/domain/transcript.ts';

/** A conversation with the words that must go. Speakers are known where the call has two channels. */
export type LabelledCall = {
  id: string;
  channels: 'stereo' | 'mono';
  turns: { speaker: Speaker; text: string }[];
  labels: { sensitive?: { kind: SensitiveKind; turn: number; text: string }[] };
};

/** Labelled calls of a file: JSON Lines with `turns` and `labels.sensitive`, or marked talks (`.txt`). */
export async function readLabelled(path: string): Promise<LabelledCall[]> {
  const text = await readFile(path, 'utf8');
  if (path.endsWith('.txt')) return readTalks(text);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => JSON.parse(line) as LabelledCall);
}

const kinds: Record<string, SensitiveKind> = {
  card: 'card_number',
  cvv: 'card_cvv',
  ssn: 'ssn',
  bank: 'bank_account',
  dob: 'date_of_birth',
  mbi: 'medicare_id',
};
const speakers: Record<string, Speaker> = { a: 'agent', c: 'caller', i: 'ivr' };

/**
 * Talks as people write them: `# id stereo` begins one, `a: …` and `c: …` are its turns, and `{ssn: nine oh two}`
 * marks words that must go (a full stop inside the braces counts as well).
 */
function readTalks(text: string): LabelledCall[] {
  const calls: LabelledCall[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const heading = /^# (\S+) (stereo|mono)$/.exec(line);
    if (heading) {
      const [, id, channels] = heading;
      calls.push({ id: id!, channels: channels as 'stereo' | 'mono', turns: [], labels: { sensitive: [] } });
      continue;
    }
    const said = /^([aci]): (.*)$/.exec(line);
    const call = calls.at(-1);
    if (!said || !call) throw new Error(`Neither a heading nor a turn: ${line}`);
    const turn = call.turns.length;
    const words = said[2]!.replaceAll(/\{(\w+): ([^}]*)\}/g, (_whole, mark: string, marked: string) => {
      const kind = kinds[mark];
      if (!kind) throw new Error(`Unknown mark ${mark}: ${line}`);
      call.labels.sensitive!.push({ kind, turn, text: marked });
      return marked;
    });
    call.turns.push({ speaker: speakers[said[1]!]!, text: words });
  }
  return calls;
}
