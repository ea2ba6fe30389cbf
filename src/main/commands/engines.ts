import type { Command } from 'commander';
import type { EngineBody } from '../../contract/engines.ts';
import { engineOrder } from '../../contract/engines.ts';
import { type EngineName, engineNames } from '../../domain/engine.ts';
import { setEngineOrder } from '../../receive/engine-order.ts';
import { getEngineOrder, listEngines } from '../../report/engine-list.ts';
import { engineAlerts } from '../../transcribe/engines/engine-alerts.ts';
import { defaultOrder } from '../compose-transcribers.ts';
import { readEngineSettings } from '../engine-settings.ts';
import { BadArgument } from './bad-argument.ts';
import { countOf } from './count-of.ts';
import { print, withStore } from './with-store.ts';

type Options = { json?: boolean };

export function addEngineCommands(program: Command): void {
  const engines = program
    .command('engines')
    .description('speech engines: what listens to calls, in which order');
  engines
    .command('list')
    .description('which are set up, what is missing, which rest and why, what they did in the last 7 days')
    .option('--json', 'print one JSON object')
    .action((options: Options) => list(options));
  engines
    .command('resume <engine>')
    .description('ask an engine again that rests, once its key, credit or model is mended')
    .option('--json', 'print one JSON object')
    .action((name: string, options: Options) => resume(name, options));
  engines
    .command('order <connection> [order]')
    .description('show or set the order of a connection, e.g. local,openai; `default` for the installation’s')
    .option('--json', 'print one JSON object')
    .action((connection: string, order: string | undefined, options: Options) =>
      setOrder(connection, order, options),
    );
}

function list(options: Options): Promise<void> {
  return withStore(async ({ db }, config) => {
    const order = [...defaultOrder(config)];
    const items = await listEngines(db, await readEngineSettings(config), order);
    print(options.json, { items, order }, [
      ...items.flatMap(describe),
      '',
      `Asked in this order where a connection has none of its own: ${order.join(', ')}.`,
      ...(items.some((item) => item.set_up) ? [] : ['None is set up: calls wait, and go on by themselves.']),
    ]);
  });
}

function describe(item: EngineBody): string[] {
  const name = item.engine.padEnd(11);
  if (!item.set_up) return [`- ${name} not set up: ${item.missing}`];
  const { calls, real_time_factor: rtf, cost } = item.last_7_days;
  const done = [
    `${countOf(calls, 'call')} in 7 days`,
    ...(rtf === null ? [] : [`${rtf} s of work per second of audio`]),
    ...(cost === null ? [] : [`USD ${Number(cost).toFixed(2)}`]),
  ];
  const lines = [`${item.alert ? '!' : '+'} ${name} ${item.model}; ${done.join(', ')}`];
  if (item.alert) {
    lines.push(`    rests since ${item.alert.since}: ${item.alert.detail}`);
    lines.push(`    ${item.alert.advice}`);
  }
  return lines;
}

function resume(name: string, options: Options): Promise<void> {
  const engine = readName(name);
  return withStore(async ({ db }) => {
    const rested = await engineAlerts(db).clear(engine);
    const said = rested ? 'is asked again; calls that wait for it go on within seconds' : 'did not rest';
    print(options.json, { engine, rested }, [`${engine} ${said}.`]);
  });
}

function setOrder(connection: string, order: string | undefined, options: Options): Promise<void> {
  const wanted = order === undefined || order === 'default' ? null : readOrder(order);
  return withStore(async ({ db }, config) => {
    const missing = () => new BadArgument(`There is no connection ${connection}.`);
    if (order !== undefined && !(await setEngineOrder(db, connection, wanted))) throw missing();
    const engines = await getEngineOrder(db, connection);
    if (engines === undefined) throw missing();
    const inForce = engines ?? [...defaultOrder(config)];
    const whose = engines ? 'its own order' : 'the order of the installation';
    print(options.json, { connection_id: connection, engines, in_force: inForce }, [
      `${inForce.join(', ')} (${whose})`,
    ]);
  });
}

function readName(name: string): EngineName {
  const known = engineNames.find((one) => one === name);
  if (!known) throw new BadArgument(`There is no engine ${name}. Known: ${engineNames.join(', ')}.`);
  return known;
}

function readOrder(text: string): EngineName[] {
  const names = text.split(',').map((name) => readName(name.trim()));
  const parsed = engineOrder.safeParse(names);
  if (!parsed.success) throw new BadArgument(parsed.error.issues.map((issue) => issue.message).join('\n'));
  return parsed.data;
}
