import type { EngineName } from '../../domain/engine.ts';
import { Failure } from '../../domain/failure.ts';
import { AudioError } from '../../lib/audio/audio-error.ts';
import type { Audio, RawTranscript } from '../transcriber.ts';
import type { Engine } from './engine.ts';
import type { EngineAlerts } from './engine-alerts.ts';

/** An engine that was asked in vain, or not asked because it rests. */
export type Tried = { engine: EngineName; code: string; detail: string };

export type Answered = { raw: RawTranscript; engine: EngineName; tried: Tried[] };

/**
 * The first answer that is one, in the order given. An engine that fails for a reason of its own raises an alert and
 * rests; the next is asked.
 * @param check throws a Failure where an answer does not fit the recording
 * @throws Failure the one that is soonest tried again, telling what every engine said
 */
export async function askEngines(
  engines: readonly Engine[],
  audio: Audio,
  deps: { alerts: EngineAlerts; check: (raw: RawTranscript) => RawTranscript },
  signal: AbortSignal,
): Promise<Answered> {
  const failed: { engine: EngineName; failure: Failure }[] = [];
  for (const engine of engines) {
    const leave = await deps.alerts.leave(engine);
    if (leave.may === 'rests') {
      const failure = new Failure('transcribe.provider-refused', 'park', leave.detail);
      failed.push({ engine: engine.name, failure });
      continue;
    }
    try {
      const raw = deps.check(await engine.transcribe(audio, signal));
      if (leave.may === 'probe') await deps.alerts.clear(engine.name);
      const tried = failed.map(({ engine: name, failure: { code, detail } }) => ({
        engine: name,
        code,
        detail,
      }));
      return { raw, engine: engine.name, tried };
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

/** What passes is worth waiting for; else what somebody can mend; else the recording itself is the trouble. */
function worthMost(failed: { engine: EngineName; failure: Failure }[]): Failure {
  const failures = failed.map(({ failure }) => failure);
  const passing = failures.find(({ retry }) => retry !== 'park' && retry !== 'never');
  const best = passing ?? failures.find(({ retry }) => retry === 'park') ?? failures[0]!;
  if (failed.length === 1) return best;
  const detail = failed.map(({ engine, failure }) => `${engine}: ${failure.detail}`).join(' · ');
  return new Failure(best.code, best.retry, detail, { cause: best });
}
