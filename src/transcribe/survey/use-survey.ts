import { Failure } from '../../domain/failure.ts';
import { checkTranscript } from '../check-transcript.ts';
import type { Audio, RawTranscript } from '../transcriber.ts';
import type { Survey } from './survey-audio.ts';

/** Seconds of a voice that an honest engine may find no word in. */
const mostUnheard = 4;

/** Nobody speaks on any channel. */
export function isSpeechless({ channels }: Survey): boolean {
  return channels.every(({ speech }) => (speech ?? []).length === 0);
}

/** The transcript of a recording on which nobody speaks. */
export function nothingSaid({ channels }: Survey): RawTranscript {
  return {
    channels: channels.map((channel) => ({ ...channel, segments: [] })),
    language: 'en',
    engine: 'none',
    simulated: false,
    seconds: 0,
    cost: null,
    warnings: [],
  };
}

/** What an engine is to be sent of a recording; all of it where only loudness was looked at. */
export function speechOf(survey: Survey | null): Pick<Audio, 'speech'> {
  return survey?.certain ? { speech: survey.channels.map(({ speech }) => speech ?? []) } : {};
}

/**
 * An engine's words together with what was heard here: marks, voices, and where somebody speaks.
 * @throws Failure transcribe.bad-answer where there are no words although a voice was found
 */
export function withSurvey(raw: RawTranscript, survey: Survey, audio: Audio): RawTranscript {
  const channels = raw.channels.map((channel) => {
    const own = survey.channels.find((one) => one.channel === channel.channel);
    if (!own) return channel;
    const { speech, speechSeconds, voices, marks } = own;
    // loudness takes music for speech, and honest engines answer it with nothing
    if (!survey.certain) return { ...channel, voices: voices ?? null, marks: marks ?? [] };
    return { ...channel, speech: speech ?? [], speechSeconds, voices: voices ?? null, marks: marks ?? [] };
  });
  const seconds = survey.certain ? Math.max(0, ...survey.channels.map((one) => one.speechSeconds ?? 0)) : 0;
  const isEmpty = raw.channels.every(({ segments }) => segments.every(({ text }) => text.trim() === ''));
  if (isEmpty && seconds > mostUnheard) {
    const detail = `${raw.engine}: no words although somebody speaks for ${Math.round(seconds)} s`;
    throw new Failure('transcribe.bad-answer', 'soon', detail);
  }
  return checkTranscript({ ...raw, channels }, audio);
}
