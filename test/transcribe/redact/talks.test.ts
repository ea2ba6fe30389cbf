import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLabelled } from '../../../bench/redaction/labelled.ts';
import { scoreRedaction } from '../../../bench/redaction/score.ts';

/**
 * Labelled talks, each batch written and labelled before redaction was run on it. The first figures that each gave
 * are in docs/transcription.md; these are the figures that must not get worse.
 */
const batches = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'].map(
  (name) => `talks-${name}.txt`,
);
describe.each(batches)('%s', (file) => {
  const score = async () => scoreRedaction(await readLabelled(join(import.meta.dirname, file)));

  it('loses nearly nothing that is sensitive', async () => {
    const { recall, misses } = await score();
    expect(recall, misses.join('\n')).toBeGreaterThanOrEqual(0.97);
  });

  it('leaves nearly everything else', async () => {
    const { precision, misses } = await score();
    expect(precision, misses.join('\n')).toBeGreaterThanOrEqual(0.9);
  });
});
