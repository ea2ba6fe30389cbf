import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { type BuyerId, buyers, type PublisherId, publishers } from './parties.ts';
import { recordingWays } from './recording-server.ts';

const call = z.strictObject({
  slug: z.string().describe("unique; the call's id is made from it"),
  parties: z.strictObject({
    publisher: z.enum(Object.keys(publishers) as [PublisherId, ...PublisherId[]]),
    buyer: z.enum(Object.keys(buyers) as [BuyerId, ...BuyerId[]]),
  }),
  caller: z.strictObject({
    number: z.string().regex(/^\+1\d{3}55501\d\d$/, 'only numbers that belong to nobody'),
    state: z.string(),
    zip: z.string(),
    repeat: z.boolean().default(false),
  }),
  call: z.strictObject({
    minutes_ago: z.int(),
    seconds: z.int().describe('of the whole call'),
    connected: z.int().describe('seconds with the buyer'),
    ended_by: z.enum(['Caller', 'Callee', 'System']),
    converted: z.boolean().describe('billed: by duration or filters, rarely by what was said'),
  }),
  sale: z
    .strictObject({ amount: z.string(), late: z.boolean().default(false).describe('reported days later') })
    .optional()
    .describe('as the buyer reports it'),
  recording: z
    .strictObject({ sample: z.string(), way: z.enum(recordingWays).default('at-once') })
    .optional()
    .describe('absent where the platform has none, as for calls that nobody answered'),
  mishap: z
    .enum(['sent-twice', 'unescaped-quote', 'unresolved-token'])
    .optional()
    .describe('what goes wrong in sending'),
});

/** A call as the platform knows it, before it is put into that platform's words. */
export type DemoCall = z.infer<typeof call>;

const callsByPlatform = z.strictObject({
  ringba: z.array(call),
  trackdrive: z.array(call),
  retreaver: z.array(call),
});

/** The platforms that the demo simulates. */
export type DemoPlatform = keyof z.infer<typeof callsByPlatform>;

/** Reads demo/calls.yaml. */
export async function readCalls(): Promise<Record<DemoPlatform, DemoCall[]>> {
  return callsByPlatform.parse(parse(await readFile(new URL('calls.yaml', import.meta.url), 'utf8')));
}
