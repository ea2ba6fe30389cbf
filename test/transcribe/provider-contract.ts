import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import type { Transcribe } from '../../src/transcribe/transcriber.ts';
import { soundFile } from './sounds.ts';

/** What the server does instead of its proper answer. */
export type Misbehave = (response: ServerResponse) => void;

const never = new AbortController().signal;

/**
 * How every engine that is reached over HTTP takes answers that are no good.
 * @param connect an engine and its server, which misbehaves where it should give the transcript
 */
export function providerContract(
  connect: (misbehave: Misbehave, settings?: { totalSeconds: number }) => Promise<Transcribe>,
  /** The provider's own words. */
  words: { error: (message: string) => unknown },
) {
  const hear = async (misbehave: Misbehave, settings?: { totalSeconds: number }) => {
    const transcribe = await connect(misbehave, settings);
    const sound = await soundFile([
      [false, 0.5],
      [true, 3],
    ]);
    return transcribe({ ...sound, layout: 'mono' }, never);
  };
  const answers = (status: number, message: string, headers: Record<string, string> = {}): Misbehave => {
    const body = JSON.stringify(words.error(message));
    return (response) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };

  it.each([
    ['a wrong key', 401, 'Invalid credentials', 'transcribe.provider-refused', 'park'],
    ['no credit', 402, 'Payment required', 'transcribe.provider-refused', 'park'],
    [
      'no credit, said with 400',
      400,
      'Your account balance is negative',
      'transcribe.provider-refused',
      'park',
    ],
    ['no credit, said with 429', 429, 'Your credit is used up', 'transcribe.provider-refused', 'park'],
    ['a forbidden model', 403, 'No access to this model', 'transcribe.provider-refused', 'park'],
    ['an unknown model', 404, 'No such model', 'transcribe.provider-refused', 'park'],
    [
      'audio it cannot read',
      400,
      'corrupt or unsupported audio data',
      'transcribe.recording-refused',
      'never',
    ],
    ['too much audio', 413, 'Payload too large', 'transcribe.recording-refused', 'never'],
    ['a server that gave up', 408, 'Timeout', 'transcribe.provider-unavailable', 'soon'],
    ['a broken server', 500, 'Internal error', 'transcribe.provider-unavailable', 'soon'],
    ['an overloaded server', 503, 'Try later', 'transcribe.provider-unavailable', 'soon'],
  ] as const)('classifies %s', async (_name, status, message, code, retry) => {
    const failure = await hear(answers(status, message)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, retry });
    expect((failure as { detail: string }).detail).toContain(message);
  });

  it('waits as long as the server asks for', async () => {
    const before = Date.now();
    const failure = await hear(answers(429, 'Slow down', { 'retry-after': '120' })).catch((e: unknown) => e);
    expect(failure).toMatchObject({ code: 'transcribe.provider-unavailable' });
    const { notBefore } = (failure as { retry: { notBefore: Date } }).retry;
    expect(notBefore.getTime() - before).toBeGreaterThanOrEqual(120_000);
  });

  it.each([
    ['a page instead of JSON', '<html>hello</html>'],
    ['JSON that is no transcription', '{"result":"ok"}'],
    ['JSON that breaks off', '{"id":"t1","status":"comp'],
    ['nothing', ''],
  ])('takes %s for a bad answer', async (_name, body) => {
    const work = hear((response) => void response.writeHead(200).end(body));
    await expect(work).rejects.toMatchObject({ code: 'transcribe.bad-answer', retry: 'soon' });
  });

  it('gives up on a server that does not answer', async () => {
    const work = hear(() => undefined, { totalSeconds: 0.3 });
    await expect(work).rejects.toMatchObject({ code: 'transcribe.provider-unavailable', retry: 'soon' });
  });

  it('gives up on a server that trickles', async () => {
    const work = hear(
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
      { totalSeconds: 0.3 },
    );
    await expect(work).rejects.toMatchObject({ code: 'transcribe.provider-unavailable', retry: 'soon' });
  });

  it('gives up on a server that breaks off', async () => {
    const work = hear((response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"results":');
      response.destroy();
    });
    await expect(work).rejects.toMatchObject({ code: 'transcribe.provider-unavailable', retry: 'soon' });
  });

  it('tells no key in what it says of a failure', async () => {
    const failure = await hear(answers(401, 'Invalid credentials')).catch((error: unknown) => error);
    const { message, detail } = failure as { message: string; detail: string };
    expect(message + detail).not.toContain('secret-key');
  });
}
