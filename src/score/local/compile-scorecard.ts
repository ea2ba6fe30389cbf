import type { NotAProspectReason, Result } from '../../domain/outcome.ts';
import type { Criterion, Scorecard } from '../../domain/scorecard.ts';
import { type Cue, compileCues } from './cue.ts';

type CueLists =
  | 'asks'
  | 'asksReversed'
  | 'topic'
  | 'yes'
  | 'no'
  | 'replyYes'
  | 'replyNo'
  | 'agentYes'
  | 'agentNo'
  | 'event';
export type CompiledCriterion = { criterion: Criterion } & Record<CueLists, Cue>;

/** A scorecard whose cues are ready to match. */
export type CompiledScorecard = {
  scorecard: Scorecard;
  criteria: CompiledCriterion[];
  disqualifiers: { reason: NotAProspectReason; caller: Cue; agent: Cue; asks: Cue }[];
  results: { result: Result; agent: Cue; caller: Cue }[];
  cues: Record<string, Cue>;
};

const compiled = new WeakMap<Scorecard, CompiledScorecard>();

/** Compiles once per scorecard object. @throws Error naming a cue that cannot be read. */
export function compileScorecard(scorecard: Scorecard): CompiledScorecard {
  const known = compiled.get(scorecard);
  if (known) return known;
  const made: CompiledScorecard = {
    scorecard,
    criteria: scorecard.criteria.map((criterion) => {
      const { listen } = criterion;
      return {
        criterion,
        asks: compileCues(listen.asks),
        asksReversed: compileCues(listen.asksReversed),
        topic: compileCues(listen.topic),
        yes: compileCues(listen.yes),
        no: compileCues(listen.no),
        replyYes: compileCues(listen.replyYes),
        replyNo: compileCues(listen.replyNo),
        agentYes: compileCues(listen.agentYes),
        agentNo: compileCues(listen.agentNo),
        event: compileCues(listen.date?.event ?? []),
      };
    }),
    disqualifiers: scorecard.disqualifiers.map(({ reason, caller, agent, asks }) => ({
      reason,
      caller: compileCues(caller),
      agent: compileCues(agent),
      asks: compileCues(asks),
    })),
    results: Object.entries(scorecard.results).map(([result, cues]) => ({
      result: result as Result,
      agent: compileCues(cues.agent),
      caller: compileCues(cues.caller),
    })),
    cues: Object.fromEntries(Object.entries(scorecard.cues).map(([name, cues]) => [name, compileCues(cues)])),
  };
  compiled.set(scorecard, made);
  return made;
}
