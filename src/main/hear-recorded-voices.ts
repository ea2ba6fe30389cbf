import type { Logger } from '../lib/log.ts';
import { findVoicePair } from '../transcribe/models/find-voice-models.ts';
import { hearVoices } from '../transcribe/voices/hear-voices.ts';
import type { HearVoices } from '../transcribe/voices/tell-voices-apart.ts';
import type { Config } from './config.ts';
import { modelFolders } from './folders.ts';

/**
 * Tells voices apart with the models that lie in the models' folders at that moment, where both are there. The demo's
 * recordings hold sounds that are no voices, so nothing is told apart there.
 */
export function hearRecordedVoices(config: Config, log: Logger): HearVoices | undefined {
  if (config.ARIA_TRANSCRIBE_SIMULATED) return undefined;
  return async (audio, signal) => {
    const models = await findVoicePair(modelFolders(config));
    if (!models) return null;
    const answer = await hearVoices(audio, models, signal);
    if ('fault' in answer)
      log.warn({ models, fault: answer.fault }, 'the models for telling voices apart were not used');
    return answer;
  };
}
