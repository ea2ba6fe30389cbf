import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AudioError } from '../../src/lib/audio/audio-error.ts';
import { askEngines } from '../../src/transcribe/engines/ask-engines.ts';
import type { Engine } from '../../src/transcribe/engines/engine.ts';
import { engineAlerts } from '../../src/transcribe/engines/engine-alerts.ts';
import { listenInPieces } from '../../src/transcribe/provider/listen-in-pieces.ts';
import { type Survey, surveyAudio } from '../../src/transcribe/survey/survey-audio.ts';
import type { Audio, RawTranscript, Segment } from '../../src/transcribe/transcriber.ts';
import { databaseForTest } from '../support/database.ts';
import { modelsDir } from './models-dir.ts';
import { soundFile } from './sounds.ts';

const never = new AbortController().signal;
const vad = modelsDir ? join(modelsDir, 'silero_vad.onnx') : null;

/** A provider that answers with the same segments, and remembers what it was sent. */
function provider(segments: Segment[]): Engine & { sent: Audio[] } {
  const sent: Audio[] = [];
  const transcribe = async (audio: Audio): Promise<RawTranscript> => {
    sent.push(audio);
    const channels = [{ channel: 0, segments, speechSeconds: null }];
    return {
      channels,
      language: 'en',
      engine: 'x:y',
      simulated: false,
      seconds: 1,
      cost: null,
      warnings: [],
    };
  };
  return { name: 'openai', settings: 's', transcribe, sent };
}
const speechAt = (...speech: { start: number; end: number }[]): Survey => ({
  certain: true,
  channels: [
    {
      channel: 0,
      speech,
      speechSeconds: speech.reduce((sum, { start, end }) => sum + end - start, 0),
      marks: [{ kind: 'music', start: 0, end: 30 }],
      voices: null,
    },
  ],
});
const audio: Audio = { path: '/x', seconds: 60, channels: 1, layout: 'mono' };

async function ask(engines: Engine[], survey: Survey | null) {
  const { db } = await databaseForTest();
  let looked = 0;
  const deps = {
    alerts: engineAlerts(db),
    check: (raw: RawTranscript) => raw,
    survey: async () => {
      looked += 1;
      return survey;
    },
  };
  return {
    answer: await askEngines(engines, audio, deps, never).catch((error) => error),
    looked: () => looked,
  };
}

describe('before a recording leaves the machine', () => {
  it('no engine is asked where nobody speaks, and what sounds is kept', async () => {
    const paid = provider([]);
    const { answer } = await ask([paid], speechAt());
    expect(paid.sent).toEqual([]);
    expect(answer).toMatchObject({ engine: null, raw: { engine: 'none', cost: null } });
    expect(answer.raw.channels[0]).toMatchObject({ segments: [], marks: [{ kind: 'music' }] });
  });

  it('an answer without words is refused where somebody speaks, and the next engine is asked', async () => {
    const said = [{ start: 41, end: 50, text: 'my heater leaks', words: [] }];
    const [deaf, good] = [provider([]), { ...provider(said), name: 'deepgram' as const }];
    const { answer, looked } = await ask([deaf, good], speechAt({ start: 40, end: 55 }));
    expect(answer).toMatchObject({ engine: 'deepgram', tried: [{ code: 'transcribe.bad-answer' }] });
    expect(answer.raw.channels[0]).toMatchObject({ speechSeconds: 15, marks: [{ kind: 'music' }] });
    expect(good.sent[0]!.speech).toEqual([[{ start: 40, end: 55 }]]);
    expect(looked()).toBe(1);
  });

  it('a short greeting without words is refused as well, a cough is not', async () => {
    const refused = await ask([provider([])], speechAt({ start: 1, end: 7 }));
    expect(refused.answer).toMatchObject({ code: 'transcribe.bad-answer' });
    expect((await ask([provider([])], speechAt({ start: 1, end: 2 }))).answer).toMatchObject({
      engine: 'openai',
    });
  });

  it('loudness alone refuses nothing, and a file that cannot be looked through is left to the engine', async () => {
    const loud = { ...speechAt({ start: 40, end: 55 }), certain: false };
    const [one, two] = [provider([]), provider([])];
    expect((await ask([one], loud)).answer).toMatchObject({ engine: 'openai' });
    expect(one.sent[0]!.speech).toBeUndefined();
    expect((await ask([two], null)).answer).toMatchObject({ engine: 'openai' });
  });

  it('is not looked through for the local engine, which does so itself', async () => {
    const own = { ...provider([]), name: 'local' as const };
    expect((await ask([own], speechAt())).looked()).toBe(0);
    expect(own.sent).toHaveLength(1);
  });
});

describe('looking through a recording', () => {
  it('finds speech by loudness without a network', async () => {
    const sound = await soundFile([
      [false, 2],
      [true, 3],
      [false, 12],
    ]);
    const survey = await surveyAudio(sound, null, never);
    expect(survey.certain).toBe(false);
    const [{ start, end }] = survey.channels[0]!.speech as [{ start: number; end: number }];
    expect(Math.abs(start - 2)).toBeLessThan(0.2);
    expect(Math.abs(end - 5)).toBeLessThan(0.4);
    expect(survey.channels[0]!.marks).toMatchObject([{ kind: 'silence' }]);
  });

  it.runIf(vad)('takes noise for no speech with the network', async () => {
    const survey = await surveyAudio(await soundFile([[true, 20]]), vad, never);
    expect(survey.channels[0]).toMatchObject({ speech: [], marks: [{ kind: 'music' }] });
  });

  it('says what is wrong with a file that is none', async () => {
    const looking = surveyAudio({ path: import.meta.filename, channels: 1 }, null, never);
    await expect(looking).rejects.toThrow(AudioError);
  });
});

it('an engine is sent speech only, and its times are those of the recording', async () => {
  const sound = await soundFile([
    [true, 3],
    [false, 60],
    [true, 4],
  ]);
  const speech = [
    [
      { start: 0, end: 3 },
      { start: 63, end: 67 },
    ],
  ];
  const pieces: number[] = [];
  const { channels, sentSeconds } = await listenInPieces(
    { ...sound, layout: 'mono', speech },
    { together: false, longest: 300, maxBytes: 1e7 },
    async (piece) => {
      pieces.push(piece.channels[0]!.length / piece.rate);
      return [
        [
          { start: 0.2, end: 2.8, text: 'hello', words: [] },
          { start: 4.5, end: 7.5, text: 'bye', words: [] },
        ],
      ];
    },
    never,
  );
  expect(pieces).toEqual([8]);
  expect(sentSeconds).toBe(8);
  expect(channels[0]!.segments).toMatchObject([
    { start: 0.2, end: 2.8 },
    { start: 63.5, end: 66.5 },
  ]);
});
