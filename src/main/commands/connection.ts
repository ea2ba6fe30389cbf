import type { Command } from 'commander';
import { sql } from 'kysely';
import { createConnection as createRoute } from '../../contract/connections.ts';
import { unknownScorecard } from '../../http/known-scorecard.ts';
import { createConnection, rotateKey, updateConnection } from '../../receive/connection-store.ts';
import { describeKey } from '../describe-key.ts';
import { openScorecards } from '../open-scorecards.ts';
import { publicUrl } from '../public-url.ts';
import { BadArgument } from './bad-argument.ts';
import { addRecordingHostCommands } from './recording-hosts.ts';
import { print, warn, withStore } from './with-store.ts';

type CreateOptions = {
  name: string;
  timeZone: string;
  platform: string;
  currency: string;
  country: string;
  layout: string;
  scorecard?: string;
  json?: boolean;
};

export function addConnectionCommands(program: Command): void {
  const connection = program.command('connection').description('integrations of platform accounts');

  connection
    .command('create')
    .description('make a connection; prints the URL, the key (shown once) and what to paste at the platform')
    .requiredOption('--name <name>', 'how you call it')
    .requiredOption('--time-zone <zone>', 'zone of call_date, e.g. America/New_York')
    .option(
      '--platform <platform>',
      'ringba, trackdrive, retreaver, invoca, callrail, ctm, generic',
      'generic',
    )
    .option('--currency <code>', 'of all amounts', 'USD')
    .option('--country <code>', 'of phone numbers without a country code', 'US')
    .option('--layout <layout>', 'recording channels: caller-agent, agent-caller, mono', 'caller-agent')
    .option('--scorecard <id>', 'instead of the choice by vertical')
    .option('--json', 'print one JSON object')
    .action((options: CreateOptions) => create(options));

  connection
    .command('list')
    .description('all connections')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }) => list(options.json));

  for (const [name, state] of [
    ['pause', 'paused'],
    ['resume', 'active'],
  ] as const) {
    connection
      .command(`${name} <id>`)
      .description(state === 'paused' ? 'keep events without using them' : 'use events again')
      .action((id: string) =>
        withStore(async ({ db }) => {
          if (!(await updateConnection(db, id, { state })))
            throw new BadArgument(`There is no connection ${id}.`);
          print(false, null, [`${id} is ${state}.`]);
        }),
      );
  }

  connection
    .command('rotate-key <id>')
    .description('make a new key; the old one works on for the overlap')
    .option('--overlap-hours <hours>', 'how long the old key still works', '24')
    .option('--json', 'print one JSON object')
    .action((id: string, options: { overlapHours: string; json?: boolean }) => rotate(id, options));

  addRecordingHostCommands(connection);
}

function create(options: CreateOptions): Promise<void> {
  const parsed = createRoute.body.safeParse({
    name: options.name,
    platform: options.platform,
    time_zone: options.timeZone,
    currency: options.currency,
    default_country: options.country,
    channel_layout: options.layout,
    scorecard: options.scorecard ?? null,
  });
  if (!parsed.success) {
    throw new BadArgument(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'));
  }
  const settings = parsed.data;
  return withStore(async ({ db }, config) => {
    const scorecards = await openScorecards(config, db, warn);
    const known = (await scorecards.current()).published.map(({ id }) => id);
    const unknown = unknownScorecard(settings.scorecard, known);
    if (unknown) throw new BadArgument(`--scorecard: ${unknown}`);
    const key = await createConnection(db, {
      name: settings.name,
      platform: settings.platform,
      timeZone: settings.time_zone,
      currency: settings.currency,
      defaultCountry: settings.default_country,
      channelLayout: settings.channel_layout,
      scorecard: settings.scorecard,
    });
    await printKey(await describeKey(db, publicUrl(config), key), options.json);
  });
}

function rotate(id: string, options: { overlapHours: string; json?: boolean }): Promise<void> {
  const hours = Number(options.overlapHours);
  if (!(hours >= 0)) throw new BadArgument('--overlap-hours: a number of hours, 0 or more');
  return withStore(async ({ db }, config) => {
    const key = await rotateKey(db, id, hours);
    if (!key) throw new BadArgument(`There is no connection ${id}.`);
    await printKey(await describeKey(db, publicUrl(config), key), options.json);
  });
}

async function printKey(
  secret: Awaited<ReturnType<typeof describeKey>>,
  json: boolean | undefined,
): Promise<void> {
  const templates = secret.templates.flatMap((template) => [
    '',
    `── ${template.trigger}: ${template.where}`,
    `${template.method} ${template.url}`,
    ...(template.body ? [`Content-Type: ${template.content_type}`, template.body] : []),
  ]);
  print(json, secret, [
    `connection_id  ${secret.connection_id}`,
    `api_key        ${secret.api_key}    (shown this once)`,
    `url            ${secret.url}`,
    '',
    'Try it:',
    secret.curl,
    ...templates,
  ]);
}

function list(json: boolean | undefined): Promise<void> {
  return withStore(async ({ db }) => {
    const { rows } = await sql<{
      id: string;
      name: string;
      platform: string;
      time_zone: string;
      state: string;
    }>`
      select id, name, platform, time_zone, state from connection order by created_at`.execute(db);
    const lines = rows.map((row) =>
      [row.id, row.state.padEnd(6), row.platform.padEnd(10), row.time_zone, row.name].join('  '),
    );
    print(
      json,
      { items: rows },
      lines.length > 0 ? lines : ['No connections yet: npx aria connection create --help'],
    );
  });
}
