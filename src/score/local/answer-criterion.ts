import type { Answer, Evidence } from '../../domain/answer.ts';
import type { Turn } from '../../domain/transcript.ts';
import type { CompiledCriterion } from './compile-scorecard.ts';
import type { HeardResult } from './find-result.ts';
import type { Finding } from './finding.ts';
import { findingsFor } from './findings.ts';
import type { HeardCall } from './heard-call.ts';
import { quoteAround } from './heard-text.ts';
import { findReadAloud, readAloudFrom } from './required-text.ts';

/** Answers one criterion from all its findings; `unknown` where nothing or only a contradiction was said. */
export function answerCriterion(
  compiled: CompiledCriterion,
  call: HeardCall,
  turns: readonly Turn[],
  result: HeardResult,
  aboutService: boolean,
): Answer {
  const { criterion } = compiled;
  const found = findingsFor(compiled, call);
  if (criterion.listen.settledBy.includes(result.result) && result.turns.length > 0)
    found.push(
      ...result.turns
        // a turn without words cannot be quoted
        .filter(({ text }) => text !== '')
        .slice(-1)
        .map(
          (turn): Finding => ({
            kind: 'result',
            value: 'yes',
            turn,
            at: 0,
            length: turn.text.length,
            strength: 1.2,
          }),
        ),
    );
  const read = criterion.requiredText === null ? null : findReadAloud(criterion.requiredText, call);
  if (read && read.share >= readAloudFrom.whole)
    found.push(
      ...read.turns.map(
        (turn): Finding => ({
          kind: 'read',
          value: 'yes',
          turn,
          at: 0,
          length: turn.text.length,
          strength: 3,
        }),
      ),
    );
  const decided = decide(withoutOutlived(withoutOverruled(found, criterion), compiled, call, result));
  if (decided) {
    const { value, supporting, contested } = decided;
    return {
      criterion: criterion.id,
      value,
      confidence: criterion.heardFrom === 'agent' ? 0.95 : confidence(supporting[0]!.strength, contested),
      evidence: supporting.slice(0, 2).map((finding) => evidenceOf(finding, turns)),
      note: contested ? 'the call says both; the later words count' : null,
    };
  }
  const partly = read !== null && read.share >= readAloudFrom.partly;
  if ((criterion.listen.absent === 'no' || read) && aboutService && !partly) {
    const said = call.turns.filter(({ text }) => text !== '');
    const opening = said.find(({ speaker }) => speaker === 'agent') ?? said[0];
    if (opening)
      return {
        criterion: criterion.id,
        value: 'no',
        confidence: 0.95,
        evidence: [evidenceOf({ turn: opening, at: 0, length: 1 }, turns)],
        note: 'never said on the call; the quote is its opening',
      };
  }
  return {
    criterion: criterion.id,
    value: 'unknown',
    confidence: 0,
    evidence: [],
    note: partly
      ? `${Math.round(100 * read.share)} % of the required text was heard: neither read out nor left out`
      : 'nothing said settles it',
  };
}

/** A stated age or score is a fact; a general remark of the agent about limits does not overrule it. */
function withoutOverruled(found: readonly Finding[], { listen }: CompiledCriterion['criterion']) {
  const stated = found.some(({ kind }) => kind === 'amount');
  if (!stated || !listen.amount || listen.amount.unit === 'money') return found;
  return found.filter(({ kind }) => kind !== 'refusal' && kind !== 'conclusion');
}

/**
 * An agent signs up nobody who fails a gate: a `no` that was only overheard, and after which he went on to a sale,
 * an application or, where the call says both and nothing was refused, an appointment, was misheard more likely
 * than not.
 */
function withoutOutlived(
  found: readonly Finding[],
  { criterion }: CompiledCriterion,
  call: HeardCall,
  { result, turns }: HeardResult,
) {
  const end = turns[0]?.index ?? -1;
  const both = found.some(({ value }) => value === 'yes');
  const taken =
    result === 'sale' ||
    result === 'application' ||
    (result === 'appointment' && both && !call.refusals.some((at) => at > 2));
  if (!criterion.gate || !taken) return found;
  return found.filter(({ value, kind, turn }) => {
    const told = kind === 'conclusion' || kind === 'refusal' ? result !== 'sale' : kind === 'amount';
    return value === 'yes' || told || turn.index >= end;
  });
}

function decide(found: readonly Finding[]) {
  if (found.length === 0) return null;
  const strongest = Math.max(...found.map(({ strength }) => strength));
  const able = found.filter(({ strength }) => strength >= Math.max(1, strongest - 0.7));
  const last = able.reduce((a, b) => (b.turn.index >= a.turn.index ? b : a));
  const supporting = able
    .filter(({ value }) => value === last.value)
    .sort((a, b) => b.strength - a.strength || a.turn.index - b.turn.index);
  return { value: last.value, supporting, contested: able.some(({ value }) => value !== last.value) };
}

function confidence(strength: number, contested: boolean) {
  const base = strength >= 2.5 ? 0.92 : strength >= 2 ? 0.85 : 0.65;
  return contested ? base - 0.25 : base;
}

/** The quote of a finding, cut from the transcript as it stands. */
export function evidenceOf(
  finding: Pick<Finding, 'turn' | 'at' | 'length'> & Partial<Finding>,
  turns: readonly Turn[],
): Evidence {
  const { index } = finding.turn;
  const turn = turns[index]!;
  return {
    turn: index,
    quote: quoteAround(finding.turn, finding.at, finding.length),
    speaker: turn.speaker,
    start: turn.start,
    end: turn.end,
  };
}
