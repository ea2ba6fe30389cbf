import { z } from 'zod';
import { decideOutcome } from '../domain/policy.ts';
import type { Scorecard } from '../domain/scorecard.ts';
import type { Turn } from '../domain/transcript.ts';
import { checkKinds } from './check-kinds.ts';
import { checkEvidence } from './evidence.ts';
import { judgeLocally } from './local/judge-locally.ts';
import { plainName } from './vertical-name.ts';

/** What a label file must say of each call, as far as it is tested; labels that are left out are not. */
const labelledCall = z.object({
  id: z.string(),
  vertical: z.string(),
  channels: z.enum(['stereo', 'mono']),
  payload: z.record(z.string(), z.unknown()).default({}),
  turns: z.array(
    z.object({
      speaker: z.enum(['caller', 'agent', 'ivr']),
      start: z.number(),
      end: z.number(),
      text: z.string(),
    }),
  ),
  labels: z.object({
    reached: z.string().optional(),
    prospect: z.string().optional(),
    reason: z.string().nullable().optional(),
    result: z.string().optional(),
    criteria: z.record(z.string(), z.string()).default({}),
  }),
});

/** Agreement with labelled calls. `open`: a label that the local judge left unknown. */
export type LabelledReport = {
  calls: number;
  right: number;
  open: number;
  wrong: number;
  misses: { call: string; label: string; wanted: string; got: string }[];
};

/**
 * Holds scorecards against labelled calls, one JSON object a line; calls of other verticals are left out.
 * @throws RangeError naming the line that is no labelled call
 */
export function runLabelled(text: string, scorecards: readonly Scorecard[]): LabelledReport {
  const names = new Map(
    scorecards.flatMap((one) =>
      [one.id, one.title, ...one.aliases].map((name) => [plainName(name), one] as const),
    ),
  );
  const report: LabelledReport = { calls: 0, right: 0, open: 0, wrong: 0, misses: [] };
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const call = readLine(line, at + 1);
    const scorecard = names.get(plainName(call.vertical));
    if (!scorecard) continue;
    report.calls++;
    const turns: Turn[] = call.turns.map((turn) => ({
      ...turn,
      speaker: call.channels === 'mono' ? 'unknown' : turn.speaker,
      speakerConfidence: call.channels === 'mono' ? 0 : 1,
      words: [],
    }));
    const date = new Date(`${String(call.payload.call_date ?? '')} UTC`);
    const callDate = Number.isNaN(date.getTime()) ? null : date.toISOString();
    const claims = judgeLocally(turns, scorecard, { callDate });
    const judgement = checkEvidence(checkKinds(claims, scorecard), turns);
    const seconds = Number(call.payload.connected_call_length ?? Number.NaN);
    const outcome = decideOutcome(judgement, scorecard, {
      connectedSeconds: Number.isFinite(seconds) ? seconds : null,
      duplicate: null,
      callAt: callDate,
    });
    const { reached, prospect, reason, result, criteria } = call.labels;
    const labels: [string, string | undefined, string][] = [
      ['reached', reached, outcome.reached],
      ['prospect', prospect, outcome.prospect],
      ['reason', reason ?? undefined, outcome.reason ?? 'unknown'],
      ['result', result, outcome.result],
      ...Object.entries(criteria).map(([id, wanted]): [string, string, string] => [
        ...([id, wanted] as const),
        judgement.answers.find(({ criterion }) => criterion === id)?.value ?? 'unknown',
      ]),
    ];
    for (const [label, wanted, got] of labels) {
      if (wanted === undefined) continue;
      if (wanted === got) report.right++;
      else {
        report[got === 'unknown' ? 'open' : 'wrong']++;
        report.misses.push({ call: call.id, label, wanted, got });
      }
    }
  }
  return report;
}

function readLine(line: string, number: number) {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new RangeError(`line ${number}: ${(error as Error).message}`);
  }
  const parsed = labelledCall.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RangeError(`line ${number}: ${issue!.path.join('.')}: ${issue!.message}`);
}
