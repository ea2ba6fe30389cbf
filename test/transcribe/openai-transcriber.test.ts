import { describe, expect, it, onTestFinished } from 'vitest';
import { createSafeFetch } from '../../src/lib/safe-fetch.ts';
import { createOpenAiTranscriber } from '../../src/transcribe/openai/openai-transcriber.ts';
import { soundFile } from './sounds.ts';
import { transcriberConformance } from './transcriber-conformance.ts';
import { answerJson, type Behave, goodAnswer, transcriptionServer } from './transcription-server.ts';

const never = new AbortController().signal;

async function transcriberWith(behave: Behave, settings: { maxBytes?: number; totalSeconds?: number } = {}) {
  const server = await transcriptionServer(behave);
  const safeFetch = createSafeFetch({ allowHosts: [server.host] });
  onTestFinished(() => safeFetch.close());
  const { url } = server;
  const transcribe = createOpenAiTranscriber({
    safeFetch,
    url,
    key: 'k-1',
    model: 'm-1',
    simulated: false,
    pricePerMinute: '0.006',
    ...settings,
  });
  return { transcribe, uploads: server.uploads };
}
const good: Behave = (upload, response) => answerJson(response, 200, goodAnswer(upload));
const hear = async (behave: Behave, settings?: { maxBytes?: number; totalSeconds?: number }) => {
  const { transcribe, uploads } = await transcriberWith(behave, settings);
  const sound = await soundFile([
    [false, 0.5],
    [true, 3],
    [false, 0.5],
  ]);
  return { raw: await transcribe({ ...sound, layout: 'mono' }, never), uploads };
};

describe('OpenAI-compatible transcriber', () => {
  describe('as a transcriber', () => {
    transcriberConformance(async () => (await transcriberWith(good)).transcribe);
  });

  it('sends key, model and one mono file per channel', async () => {
    const { transcribe, uploads } = await transcriberWith(good);
    const sound = await soundFile([[true, 2]], [[true, 2]]);
    await transcribe({ ...sound, layout: 'caller-agent' }, never);
    expect(uploads).toHaveLength(2);
    for (const upload of uploads) {
      expect(upload).toMatchObject({
        authorization: 'Bearer k-1',
        model: 'm-1',
        format: 'verbose_json',
        seconds: 2,
      });
    }
  });

  it('splits what is too large where it is quiet, and puts the times together again', async () => {
    const { transcribe, uploads } = await transcriberWith(good, { maxBytes: 16_000 * 6 });
    const sound = await soundFile([
      [true, 3],
      [false, 1],
      [true, 3],
      [false, 1],
      [true, 2],
    ]);
    const raw = await transcribe({ ...sound, layout: 'mono' }, never);
    expect(uploads.length).toBeGreaterThan(1);
    for (const upload of uploads) expect(upload.bytes).toBeLessThan(16_000 * 6);
    // the cuts lie in the pauses from 3 to 4 s and from 7 to 8 s
    expect(uploads[0]!.seconds).toBeGreaterThan(3);
    expect(uploads[0]!.seconds).toBeLessThan(4);
    const starts = raw.channels[0]!.segments.map((segment) => segment.start);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(starts.at(-1)).toBeGreaterThan(7);
  });

  it('asks for the plain format where the rich one is unknown, and says what is missing', async () => {
    const plain: Behave = (upload, response) =>
      upload.format === 'verbose_json'
        ? answerJson(response, 400, {
            error: { message: "response_format 'verbose_json' is not compatible" },
          })
        : answerJson(response, 200, { text: 'only words here' });
    const { raw, uploads } = await hear(plain);
    expect(uploads.map((upload) => upload.format)).toEqual(['verbose_json', 'json']);
    const [segment] = raw.channels[0]!.segments;
    expect(segment).toMatchObject({ text: 'only words here', words: [] });
    expect(segment!.start).toBeGreaterThan(0.3);
    expect(raw.warnings).toHaveLength(1);
  });

  it('takes segments without words, with a warning', async () => {
    const segments: Behave = (_upload, response) =>
      answerJson(response, 200, { text: 'a b', segments: [{ text: ' a b ', start: 1, end: 2 }] });
    const { raw } = await hear(segments);
    expect(raw.channels[0]!.segments).toEqual([{ text: 'a b', start: 1, end: 2, words: [] }]);
    expect(raw.warnings).toHaveLength(1);
  });

  it.each([
    ['a wrong key', 401, {}, 'transcribe.provider-refused', 'park'],
    ['no credit', 402, {}, 'transcribe.provider-refused', 'park'],
    ['a forbidden model', 403, {}, 'transcribe.provider-refused', 'park'],
    ['an unknown model', 404, {}, 'transcribe.provider-refused', 'park'],
    ['an overloaded server', 503, {}, 'transcribe.provider-unavailable', 'soon'],
    ['a server that gave up', 408, {}, 'transcribe.provider-unavailable', 'soon'],
    ['a broken server', 500, {}, 'transcribe.provider-unavailable', 'soon'],
  ] as const)('classifies %s', async (_name, status, body, code, retry) => {
    const work = hear((_upload, response) => answerJson(response, status, body));
    await expect(work).rejects.toMatchObject({ code, retry });
  });

  it('waits as long as the server asks for', async () => {
    const before = Date.now();
    const busy: Behave = (_upload, response) => answerJson(response, 429, {}, { 'retry-after': '120' });
    const failure = await hear(busy).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'transcribe.provider-unavailable' });
    const { notBefore } = (failure as { retry: { notBefore: Date } }).retry;
    expect(notBefore.getTime() - before).toBeGreaterThanOrEqual(120_000);
  });

  it('parks when 429 means that the credit is used up', async () => {
    const body = { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } };
    const work = hear((_upload, response) => answerJson(response, 429, body));
    await expect(work).rejects.toMatchObject({ code: 'transcribe.provider-refused', retry: 'park' });
  });

  it.each([
    ['a page instead of JSON', '<html>hello</html>'],
    ['JSON that is no transcription', '{"result":"ok"}'],
    ['JSON that breaks off', '{"text":"hel'],
  ])('takes %s for a bad answer', async (_name, body) => {
    const work = hear((_upload, response) => response.writeHead(200).end(body));
    await expect(work).rejects.toMatchObject({ code: 'transcribe.bad-answer', retry: 'soon' });
  });

  it.each([
    ['words after the end', { text: 'x', words: [{ word: 'x', start: 100, end: 101 }] }],
    [
      'words that go back in time',
      {
        text: 'x y',
        words: [
          { word: 'x', start: 3, end: 3.2 },
          { word: 'y', start: 0, end: 0.2 },
        ],
      },
    ],
    ['a loop', { text: Array(60).fill('thank you').join(' ') }],
  ])('takes %s for a bad answer', async (_name, body) => {
    const work = hear((_upload, response) => answerJson(response, 200, body));
    await expect(work).rejects.toMatchObject({ code: 'transcribe.bad-answer' });
  });

  it('believes a server that hears no words in what is only known to be loud: hold music is loud too', async () => {
    const { transcribe } = await transcriberWith((_upload, response) =>
      answerJson(response, 200, { text: '' }),
    );
    const sound = await soundFile(
      Array.from(
        { length: 12 },
        () =>
          [
            [true, 1.5],
            [false, 0.7],
          ] as const,
      ).flat(),
    );
    const { channels } = await transcribe({ ...sound, layout: 'mono' }, never);
    expect(channels).toEqual([{ channel: 0, segments: [], speechSeconds: null }]);
  });

  it('gives up on a server that does not answer', async () => {
    const work = hear(() => undefined, { totalSeconds: 0.3 });
    await expect(work).rejects.toMatchObject({ code: 'transcribe.provider-unavailable', retry: 'soon' });
  });

  it('gives up on a server that breaks off', async () => {
    const work = hear((_upload, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"text":');
      response.destroy();
    });
    await expect(work).rejects.toMatchObject({ code: 'transcribe.provider-unavailable', retry: 'soon' });
  });
});
