import type { Scorecard } from '../../src/domain/scorecard.ts';
import type { LabelledCall } from './labelled-call.ts';

const speakers = { A: 'agent', C: 'caller', I: 'ivr' } as const;
const defaults = { reached: 'conversation', prospect: 'unknown', reason: 'null', result: 'none' };

/**
 * Reads labelled calls from the text form that is quick to write by hand:
 *
 *     # name | vertical | mono | prospect=unqualified reason=owns_home result=information flags=dnc_request
 *     A: Sunridge, on a recorded line. {rd=yes}
 *     C: I rent. {owns=no}
 *
 * A tag stands at the turn that establishes the answer: `{criterion=value}`, where any part of the id that only
 * one criterion has will do (`rd` recording_disclosed, `dm` decision_maker), `{result}`, `{flag=name}`. Criteria
 * without a tag are `unknown`. In a conversation in which nobody disclosed the recording, recording_disclosed is
 * `no`, its flag is raised, and so is a disclaimer that was never read, with the opening as evidence.
 * @throws Error naming the call and the tag that fits no criterion or several.
 */
export function readTaggedCalls(text: string, scorecardOf: (vertical: string) => Scorecard): LabelledCall[] {
  const calls: LabelledCall[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('#')) calls.push(headOf(line));
    else if (line.trim() !== '') addTurn(calls.at(-1)!, line, scorecardOf);
  }
  for (const call of calls) completeLabels(call, scorecardOf(call.vertical));
  return calls;
}

function headOf(line: string): LabelledCall {
  const [id, vertical, channels, outcome = ''] = line
    .slice(1)
    .split('|')
    .map((part) => part.trim());
  const named = Object.fromEntries(
    outcome
      .split(/\s+/)
      .filter((pair) => pair !== '')
      .map((pair) => pair.split('=') as [string, string]),
  );
  const head: Record<string, string> = { ...defaults, ...named };
  return {
    id: id!,
    vertical: vertical!,
    channels: channels === 'mono' ? 'mono' : 'stereo',
    payload: { call_date: head.date ?? '11/05/2025 03:00:00 PM', connected_call_length: '90' },
    turns: [],
    labels: {
      reached: head.reached!,
      prospect: head.prospect!,
      reason: head.reason === 'null' ? null : head.reason!,
      result: head.result!,
      criteria: {},
      flags: head.flags?.split(',') ?? [],
      evidence: {},
    },
  };
}

function addTurn(call: LabelledCall, line: string, scorecardOf: (vertical: string) => Scorecard) {
  const index = call.turns.length;
  const text = line
    .slice(2)
    .replace(/\s*\{[^}]*\}/g, '')
    .trim();
  const start = (call.turns.at(-1)?.end ?? 0) + 0.5;
  call.turns.push({
    speaker: speakers[line[0] as keyof typeof speakers],
    start,
    end: start + text.split(' ').length / 3,
    text,
  });
  for (const [, name, value] of line.matchAll(/\{(\w+)(?:=(\w+))?\}/g)) {
    const key =
      name === 'result' ? 'result' : name === 'flag' ? value! : criterionOf(call, name!, scorecardOf);
    call.labels.evidence[key] = [...(call.labels.evidence[key] ?? []), index];
    if (name !== 'result' && name !== 'flag') call.labels.criteria[key] = value!;
    if (name === 'flag' && !call.labels.flags.includes(key)) call.labels.flags.push(key);
  }
}

function criterionOf(call: LabelledCall, name: string, scorecardOf: (vertical: string) => Scorecard): string {
  if (name === 'rd') return 'recording_disclosed';
  if (name === 'dm') return 'decision_maker';
  const fitting = scorecardOf(call.vertical).criteria.filter(({ id }) => id.includes(name));
  if (fitting.length !== 1)
    throw new Error(`${call.id}: {${name}} fits ${fitting.map(({ id }) => id).join(', ') || 'no criterion'}`);
  return fitting[0]!.id;
}

/** Criteria without a tag, and what follows from silence. */
function completeLabels({ labels, turns }: LabelledCall, scorecard: Scorecard) {
  const opening = turns.findIndex(({ speaker }) => speaker === 'agent');
  for (const { id } of scorecard.criteria) {
    if (labels.criteria[id] !== undefined) continue;
    const never =
      labels.reached === 'conversation' &&
      (id === 'recording_disclosed' || (id === 'disclaimer_read' && labels.prospect !== 'not_a_prospect'));
    labels.criteria[id] = never ? 'no' : 'unknown';
    if (never && opening >= 0) labels.evidence[id] = [opening];
    if (never && id === 'recording_disclosed' && !labels.flags.includes('recording_not_disclosed')) {
      labels.flags.push('recording_not_disclosed');
      labels.evidence.recording_not_disclosed = [Math.max(0, opening)];
    }
  }
}
