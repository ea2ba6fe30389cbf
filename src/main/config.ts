import { z } from 'zod';
import { timeZone } from '../contract/shapes.ts';
import { type EngineName, engineNames } from '../domain/engine.ts';
import { UserError } from '../lib/user-error.ts';
import { explainSetting } from './explain-setting.ts';

/** Every setting that Aria takes from its environment, with its default. This file alone reads the environment. */
const shape = {
  ARIA_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(4040)
    .describe('port of webhook, API and pages'),
  ARIA_HOST: z.string().default('127.0.0.1').describe('address to listen on; 0.0.0.0 for all, behind TLS'),
  ARIA_PUBLIC_URL: z
    .url()
    .optional()
    .describe('how senders and people reach Aria, e.g. https://aria.example.com'),
  ARIA_DATA_DIR: z.string().default('./data').describe('recordings, models and the embedded database'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'expected a URL such as postgres://user:password@host:5432/database')
    .optional()
    .describe('a PostgreSQL of your own instead of the embedded one'),
  ARIA_MODELS_DIR: z.string().optional().describe('a further folder in which speech models are looked for'),
  ARIA_MODEL: z
    .string()
    .optional()
    .describe('speech model to use, before the choice of `aria models use`; default: the largest one found'),
  ARIA_ENGINES: list()
    .pipe(z.array(z.enum(engineNames)))
    .describe(
      'order in which speech engines are asked (openai, deepgram, assemblyai, local) for connections without one of their own; default: all that are set up, in that order',
    ),
  ARIA_TRANSCRIBE_URL: z
    .url()
    .optional()
    .describe('engine `openai`: an OpenAI-compatible transcription server, up to /v1'),
  ARIA_TRANSCRIBE_KEY: z.string().optional().describe('its key'),
  ARIA_TRANSCRIBE_MODEL: z.string().default('whisper-1').describe('its model'),
  ARIA_DEEPGRAM_KEY: z.string().optional().describe('engine `deepgram`: key of a Deepgram account'),
  ARIA_DEEPGRAM_URL: z.url().default('https://api.deepgram.com').describe('its address, without a path'),
  ARIA_DEEPGRAM_MODEL: z.string().default('nova-3').describe('its model'),
  ARIA_ASSEMBLYAI_KEY: z.string().optional().describe('engine `assemblyai`: key of an AssemblyAI account'),
  ARIA_ASSEMBLYAI_URL: z
    .url()
    .default('https://api.assemblyai.com')
    .describe('its address, without a path; https://api.eu.assemblyai.com keeps audio in the EU'),
  ARIA_ASSEMBLYAI_MODELS: list('universal-3-pro,universal-2').describe('its models, in order of preference'),
  ARIA_TRANSCRIBE_PRICES: prices().describe(
    'USD per minute of sound that a provider takes, each channel counted, e.g. `openai=0.006,deepgram=0.0043`; without a price the cost stays unknown',
  ),
  ARIA_TRANSCRIBE_MEMORY_MB: z.coerce
    .number()
    .int()
    .min(64)
    .optional()
    .describe('a recognition process that needs more is stopped; default: 1024, and 3 times the model'),
  ARIA_TRANSCRIBE_SIMULATED: z
    .stringbool()
    .default(false)
    .describe('marks its transcripts as simulated; for the demo only'),
  ARIA_TRANSCRIBE_WORKERS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('recognition processes; default: cores'),
  ARIA_JUDGE: z
    .enum(['local', 'model', 'model+local'])
    .optional()
    .describe(
      'who answers scorecards: local, model, or model+local (the local judge checks the model); default: model where ARIA_JUDGE_URL is set, else local',
    ),
  ARIA_JUDGE_URL: z
    .url()
    .optional()
    .describe(
      'an OpenAI-compatible language model that answers scorecards, up to /v1; default: the local judge',
    ),
  ARIA_JUDGE_KEY: z.string().optional().describe('its key'),
  ARIA_JUDGE_MODEL: z.string().default('gpt-4.1-mini').describe('its model'),
  ARIA_JUDGE_INPUT_PRICE: price().describe('US dollars for a million tokens that it reads'),
  ARIA_JUDGE_OUTPUT_PRICE: price().describe('US dollars for a million tokens that it writes'),
  ARIA_JUDGE_DAILY_USD: price().describe(
    'US dollars that it may take a day (UTC), by the prices above; calls beyond wait for the next; default: no end',
  ),
  ARIA_ALLOW_HOSTS: list().describe(
    'hosts (host or host:port, comma-separated) in private networks that may be called',
  ),
  ARIA_MAX_IMPORT_MB: z.coerce
    .number()
    .positive()
    .default(1024)
    .describe('larger uploads of calls are refused; `aria import` reads files of any size'),
  ARIA_MAX_RECORDING_MB: z.coerce.number().positive().default(512).describe('larger recordings are refused'),
  ARIA_RECORDING_SECONDS: z.coerce
    .number()
    .positive()
    .max(18_000)
    .default(900)
    .describe('a download of a recording that takes longer is broken off; the next attempt goes on with it'),
  ARIA_RECORDING_MIN_RATE: z.coerce
    .number()
    .positive()
    .default(1000)
    .describe('bytes per second; a download that falls behind for 20 seconds is broken off'),
  ARIA_RECORDING_REDIRECTS: z.coerce
    .number()
    .int()
    .min(0)
    .max(20)
    .default(5)
    .describe('redirects that are followed on the way to a recording'),
  ARIA_RECORDING_PER_HOST: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(6)
    .describe('recordings fetched at a time from one host, per process; fewer after it answers 429 or 503'),
  ARIA_RECORDING_RATE: z.coerce
    .number()
    .positive()
    .max(1000)
    .default(10)
    .describe('recordings begun per second at one host, per process'),
  ARIA_KEEP_ORIGINALS: z
    .stringbool()
    .default(false)
    .describe('keeps, encrypted, the recordings whose stored copy had sensitive stretches silenced'),
  ARIA_TIME_ZONE: timeZone.default('UTC').describe('zone of report dates where a question names none'),
  ARIA_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'expected a URL such as smtp://user:password@mail.example.com:587')
    .optional()
    .describe('mail server for scheduled reports, with user and password: smtp:// or smtps://'),
  ARIA_MAIL_FROM: z
    .string()
    .default('Aria <aria@localhost>')
    .describe('sender of mail, e.g. Aria <reports@example.com>'),
  ARIA_TRUST_PROXY: list().describe('addresses of proxies whose X-Forwarded headers are believed'),
  ARIA_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('log level'),
};

function list(fallback = '') {
  return z
    .string()
    .default(fallback)
    .transform((text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean),
    );
}

/** An amount of US dollars; left out where none is set. */
function price() {
  return z.coerce.number().nonnegative().optional();
}

/** `name=amount` pairs, amounts as decimal text. */
function prices() {
  const pair = /^(\w+)=(\d{1,4}(?:\.\d{1,8})?)$/;
  return list().transform((items, context) => {
    const found: Partial<Record<EngineName, string>> = {};
    for (const item of items) {
      const [, name, amount] = pair.exec(item) ?? [];
      const known = engineNames.find((one) => one === name && one !== 'local');
      if (known && amount) found[known] = amount;
      else
        context.addIssue({
          code: 'custom',
          message: `${item}: expected openai, deepgram or assemblyai, = and USD per minute, such as openai=0.006`,
        });
    }
    return found;
  });
}

const schema = z.object(shape).superRefine((config, context) => {
  const fault = (name: keyof typeof shape, message: string) =>
    context.addIssue({ code: 'custom', path: [name], message });
  if (config.ARIA_JUDGE?.startsWith('model') && !config.ARIA_JUDGE_URL)
    fault('ARIA_JUDGE', 'a language model needs ARIA_JUDGE_URL, the address of its server');
  const priced = config.ARIA_JUDGE_INPUT_PRICE !== undefined && config.ARIA_JUDGE_OUTPUT_PRICE !== undefined;
  if (config.ARIA_JUDGE_DAILY_USD !== undefined && !priced)
    fault('ARIA_JUDGE_DAILY_USD', 'needs ARIA_JUDGE_INPUT_PRICE and ARIA_JUDGE_OUTPUT_PRICE to count by');
});
export type Config = z.infer<typeof schema>;

/** Wrong settings, in words for the person who started Aria. */
export class BadConfig extends UserError {
  override name = 'BadConfig';
}

/** @throws BadConfig naming every wrong variable; an unknown ARIA_ name is wrong too, since it is a typing error */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const known = Object.keys(shape);
  const unknown = Object.keys(environment).filter(
    (name) => name.startsWith('ARIA_') && !known.includes(name),
  );
  const problems = unknown.map((name) => `${name} is no setting. Known: ${known.join(', ')}`);
  // an empty value is a setting left out, as in `ARIA_MODEL= npm start`
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given, { error: explainSetting });
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`));
  }
  if (problems.length > 0 || !parsed.data) throw new BadConfig(problems.join('\n'));
  return parsed.data;
}

/** Name, default and meaning of each setting, for docs/operate.md and `aria config`. */
export function describeConfig(): { name: string; fallback: string; meaning: string }[] {
  const defaults = schema.parse({}) as Record<string, unknown>;
  return Object.entries(shape).map(([name, field]) => ({
    name,
    fallback: asText(defaults[name]),
    meaning: field.description ?? '',
  }));
}

function asText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'object' && !Array.isArray(value) ? '' : String(value);
}
