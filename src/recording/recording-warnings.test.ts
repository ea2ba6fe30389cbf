import { expect, test } from 'vitest';
import { audioWarnings, lengthWarnings } from './recording-warnings.ts';

test.each([
  [60, 60],
  [64, 60],
  [57, 60],
  [620, 600],
  [60, null],
])('row 143: %d s of audio go with %s s of connection', (seconds, connected) => {
  expect(lengthWarnings(seconds, connected)).toEqual([]);
});

test.each([
  [30, 60, '30 s shorter'],
  [700, 600, '100 s longer'],
  [20, 0, '20 s longer'],
])('row 143: %d s of audio against %d s of connection are told', (seconds, connected, text) => {
  expect(lengthWarnings(seconds, connected)).toEqual([expect.stringContaining(text)]);
});

test('row 139: equal channels, and more than two, are told', () => {
  expect(audioWarnings({ channels: 2, duplicated: true, loudest: -10 })).toHaveLength(1);
  expect(audioWarnings({ channels: 4, duplicated: false, loudest: -10 })).toHaveLength(1);
  expect(audioWarnings({ channels: 2, duplicated: false, loudest: -10 })).toEqual([]);
});

test('row 138: a silent line is told', () => {
  expect(audioWarnings({ channels: 1, duplicated: false, loudest: -120 })).toEqual([
    expect.stringContaining('Nothing is heard'),
  ]);
});
