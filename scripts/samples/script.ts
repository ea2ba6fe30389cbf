import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { truth } from '../../demo/sample.ts';
import { voices } from './voices.ts';

const voice = z.enum(Object.keys(voices) as [keyof typeof voices, ...(keyof typeof voices)[]]);

const spoken = z.strictObject({
  speaker: z.enum(['caller', 'agent', 'ivr']),
  text: z.string().describe('`|` cuts it into stretches whose times are known exactly'),
  pause: z.number().default(0.45).describe('seconds of silence before'),
});

const sound = z.strictObject({
  sound: z.enum(['silence', 'hold_music', 'ringback', 'beep']),
  on: z.enum(['caller', 'agent']).default('agent'),
  seconds: z.number(),
});

const script = z.strictObject({
  about: z.string(),
  vertical: z.enum(['home_services', 'auto_insurance']),
  channels: z.enum(['stereo', 'mono']).describe('stereo: channel 0 caller, 1 agent and recorded menu'),
  file: z.enum(['mp3', 'wav']),
  voices: z.strictObject({ caller: voice, agent: voice, ivr: voice }).partial(),
  truth,
  turns: z.array(z.union([spoken, sound])),
});

/** One call as written; `id` is its file's name. */
export type CallScript = z.infer<typeof script> & { id: string };

/** Reads every script of a folder, in order of name. */
export async function readScripts(folder: string): Promise<CallScript[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => ({
      id: basename(name, '.yaml'),
      ...script.parse(parse(await readFile(`${folder}/${name}`, 'utf8'))),
    })),
  );
}
