import { AudioError } from '../lib/audio/audio-error.ts';
import type { Logger } from '../lib/log.ts';
import { findVad } from '../transcribe/models/find-models.ts';
import { type Survey, surveyAudio } from '../transcribe/survey/survey-audio.ts';
import type { Config } from './config.ts';
import { modelFolders } from './folders.ts';

type SurveyRecording = (
  audio: { path: string; channels: number },
  signal: AbortSignal,
) => Promise<Survey | null>;

/**
 * Looks for speech before a recording is sent to a provider. A file that cannot be read here is left to the engine,
 * which says why. The demo's provider listens to sounds that are no speech, so nothing is looked for there.
 */
export function surveyRecordings(config: Config, log: Logger): SurveyRecording | undefined {
  if (config.ARIA_TRANSCRIBE_SIMULATED) return undefined;
  return async (audio, signal) => {
    try {
      return await surveyAudio(audio, await findVad(modelFolders(config)), signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AudioError)) throw error;
      log.warn({ err: error }, 'a recording was not looked through for speech before it was sent');
      return null;
    }
  };
}
