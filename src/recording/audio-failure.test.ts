import { expect, test } from 'vitest';
import { AudioError, type AudioErrorReason } from '../lib/audio/audio-error.ts';
import { explainAudioFailure } from './audio-failure.ts';
import { readableText, readableWords } from './readable-words.ts';

test.each<[AudioErrorReason, string, string]>([
  ['empty', 'recording.empty-audio', 'soon'],
  ['not_audio', 'recording.not-audio', 'soon'],
  ['corrupt', 'recording.corrupt', 'never'],
  ['unsupported', 'recording.unsupported', 'never'],
  ['too_long', 'recording.too-large', 'never'],
])('%s is %s, retried %s', (reason, code, retry) => {
  expect(explainAudioFailure(new AudioError(reason, 'why'), '')).toMatchObject({ code, retry });
});

test('row 131: what the server said instead is shown', () => {
  const page = '<html><head><style>p { color: red }</style></head><body><p>Link\n  expired</p></body></html>';
  const failure = explainAudioFailure(
    new AudioError('not_audio', 'The file is no audio (html)'),
    readableText(Buffer.from(page)),
  );
  expect(failure.detail).toBe('The server sent a page that says that the link has expired: "Link expired"');
});

test('what is described as nothing known keeps the words of the decoder', () => {
  const failure = explainAudioFailure(
    new AudioError('not_audio', 'The file is no audio (a playlist)'),
    '#EXTM3U',
  );
  expect(failure.detail).toBe('The file is no audio (a playlist): "#EXTM3U"');
});

test('binary data is not shown, a long text is cut', () => {
  const words = (bytes: Buffer) => readableWords(readableText(bytes));
  expect(words(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]))).toBe('');
  expect(words(Buffer.from('word '.repeat(500)))).toHaveLength(160);
  expect(words(Buffer.from(`${'a'.repeat(1_999)}é`))).toHaveLength(160);
});
