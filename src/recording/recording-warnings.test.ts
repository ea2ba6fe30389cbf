import { expect, test } from 'vitest';
import { recordingWarnings } from './recording-warnings.ts';

const mono = { channels: 1, duplicated: false };

test.each([
  [60, 60],
  [64, 60],
  [57, 60],
  [620, 600],
  [60, null],
])('row 143: %d s of audio go with %s s of connection', (seconds, connected) => {
  expect(recordingWarnings({ ...mono, seconds }, connected)).toEqual([]);
});

test.each([
  [30, 60, '30 s shorter'],
  [700, 600, '100 s longer'],
  [20, 0, '20 s longer'],
])('row 143: %d s of audio against %d s of connection are told', (seconds, connected, text) => {
  expect(recordingWarnings({ ...mono, seconds }, connected)).toEqual([expect.stringContaining(text)]);
});

test('row 139: equal channels, and more than two, are told', () => {
  expect(recordingWarnings({ seconds: 9, channels: 2, duplicated: true }, null)).toHaveLength(1);
  expect(recordingWarnings({ seconds: 9, channels: 4, duplicated: false }, null)).toHaveLength(1);
});
