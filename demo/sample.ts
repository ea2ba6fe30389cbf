import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { prospectValues, reachedValues, resultValues } from '../src/domain/outcome.ts';

/** The folder with the sample recordings and their list. */
export const samplesFolder = fileURLToPath(new URL('../samples', import.meta.url));

/** What somebody who was told the meaning of outcomes (docs/concepts.md) would say of the call. */
export const truth = z.object({
  reached: z.enum(reachedValues),
  prospect: z.enum(prospectValues),
  reason: z.string().nullable(),
  result: z.enum(resultValues),
});

/** A stretch that was spoken in one breath: its limits in seconds are exact. */
const phrase = z.object({ text: z.string(), start: z.number(), end: z.number() });

const turn = z.object({
  speaker: z.enum(['caller', 'agent', 'ivr']),
  channel: z.int(),
  start: z.number(),
  end: z.number(),
  text: z.string(),
  phrases: z.array(phrase),
});
export type SampleTurn = z.infer<typeof turn>;

/** A stretch of music on the line. */
const music = z.object({ channel: z.int(), start: z.number(), end: z.number() });

const sample = z.object({
  id: z.string(),
  about: z.string(),
  vertical: z.enum(['home_services', 'auto_insurance']),
  file: z.string().describe('within samples/'),
  seconds: z.number(),
  channels: z.int(),
  sha256: z.string().describe('of the file'),
  truth,
  turns: z.array(turn),
  music: z.array(music),
  envelopes: z.array(z.string()).describe('one per channel, as packed by demo/sound/envelope.ts'),
});

/** One synthetic call: made by scripts/make-samples.ts from samples/scripts. */
export type Sample = z.infer<typeof sample>;

export const sampleList = z.object({
  made_by: z.string(),
  tools: z.array(z.string()),
  samples: z.array(sample),
});

/** Reads samples/samples.json. */
export async function readSamples(): Promise<Sample[]> {
  const text = await readFile(`${samplesFolder}/samples.json`, 'utf8');
  return sampleList.parse(JSON.parse(text)).samples;
}
