import type { EngineName } from '../../domain/engine.ts';
import { Failure } from '../../domain/failure.ts';
import { AudioError } from '../../lib/audio/audio-error.ts';
import type { Survey } from '../survey/survey-audio.ts';
import { isSpeechless, nothingSaid, speechOf, withSurvey } from '../survey/use-survey.ts';
import type { Audio, RawTranscript } from '../transcriber.ts';
import type { Engine } from './engine.ts';
import type { EngineAlerts } from './engine-alerts.ts';

/** An engine that was asked in vain, or not asked because it rests. */
export type Tried = { engine: EngineName; code: string; detail: string };

/** `engine` is null where none was asked, since nobody speaks. */
export type Answered = { raw: RawTranscript; engine: EngineName | null; tried: Tried[] };

/**
 * The first answer that is one, in the order given. An engine that fails for a reason of its own raises an alert and
 * rests; the next is asked. Before a recording leaves the machine it is looked through for speech here: without any no
 * engine is asked, and an answer must have words where somebody speaks.
 * @param check throws a Failure where an answer does not fit the recording
 * @throws Failure the one that is soonest tried again, telling what every engine said
 */
export async function askEngines(
  engines: readonly Engine[],
  audio: Audio,
  deps: {
    alerts: EngineAlerts;
    check: (raw: RawTranscript) => RawTranscript;
    /** Where somebody speaks; null where that cannot be told. Asked once. */
    survey?: (() => Promise<Survey | null>) | undefined;
  },
  signal: AbortSignal,
): Promise<Answered> {
  const failed: { engine: EngineName; failure: Failure }[] = [];
  let surveyed: Promise<Survey | null> | null = null;
  for (const engine of engines) {
    surveyed ??= engine.name === 'local' ? null : (deps.survey?.() ?? null);
    const survey = engine.name === 'local' ? null : await surveyed;
    if (survey && isSpeechless(survey))
      return { raw: nothingSaid(survey), engine: null, tried: tell(failed) };
    const leave = await deps.alerts.leave(engine);
    if (leave.may === 'rests') {
      const failure = new Failure('transcribe.provider-refused', 'park', leave.detail);
      failed.push({ engine: engine.name, failure });
      continue;
    }
    try {
      const heard = await engine.transcribe({ ...audio, ...speechOf(survey) }, signal);
      const raw = deps.check(survey ? withSurvey(heard, survey, audio) : heard);
      if (leave.may === 'probe') await deps.alerts.clear(engine.name);
      return { raw, engine: engine.name, tried: tell(failed) };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AudioError)
        throw new Failure('recording.corrupt', 'never', error.message, { cause: error });
      if (!(error instanceof Failure)) throw error;
      if (error.retry === 'park') await deps.alerts.raise(engine, error);
      failed.push({ engine: engine.name, failure: error });
    }
  }
  throw worthMost(failed);
}

const tell = (failed: readonly { engine: EngineName; failure: Failure }[]): Tried[] =>
  failed.map(({ engine, failure: { code, detail } }) => ({ engine, code, detail }));

/** What passes is worth waiting for; else what somebody can mend; else the recording itself is the trouble. */
function worthMost(failed: { engine: EngineName; failure: Failure }[]): Failure {
  const failures = failed.map(({ failure }) => failure);
  const passing = failures.find(({ retry }) => retry !== 'park' && retry !== 'never');
  const best = passing ?? failures.find(({ retry }) => retry === 'park') ?? failures[0]!;
  if (failed.length === 1) return best;
  const detail = failed.map(({ engine, failure }) => `${engine}: ${failure.detail}`).join(' · ');
  return new Failure(best.code, best.retry, detail, { cause: best });
}
