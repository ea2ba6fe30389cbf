import type { Command } from 'commander';
import { checkRules, saveRules } from '../../score/save-scorecard.ts';
import type { ScorecardRule } from '../../score/scorecard-set.ts';
import { readRules } from '../../score/scorecard-store.ts';
import { findConnection } from '../find-connection.ts';
import { openScorecards } from '../open-scorecards.ts';
import { BadArgument } from './bad-argument.ts';
import { print, warn, withStore } from './with-store.ts';

type Json = { json?: boolean };
type AddOptions = Json & {
  connection?: string;
  vertical?: string;
  buyer?: string;
  campaign?: string;
  at?: string;
  note?: string;
};

export function addScorecardRuleCommands(scorecard: Command): void {
  const rules = scorecard
    .command('rules')
    .description('which calls are judged by which scorecard: the first rule that fits decides')
    .option('--json', 'print one JSON object')
    .action((options: Json) => list(options));

  rules
    .command('add <scorecard>')
    .description('add a rule; the scorecard as id (newest version) or id@version')
    .option('--connection <id>', 'calls of this connection: id or name')
    .option('--vertical <name>', 'calls of this vertical')
    .option('--buyer <name>', 'calls of this buyer')
    .option('--campaign <name>', 'calls of this campaign')
    .option('--at <number>', 'place among the rules; default: at the end')
    .option('--note <text>', 'for people')
    .option('--json', 'print one JSON object')
    // the options of the command above would swallow --json
    .action((id: string, options: AddOptions, command: Command) =>
      add(id, { ...command.optsWithGlobals(), ...options }),
    );

  rules
    .command('remove <number>')
    .description('remove a rule by its number')
    .option('--json', 'print one JSON object')
    .action((number: string, options: Json, command: Command) =>
      remove(number, { ...command.optsWithGlobals(), ...options }),
    );
}

function list(options: Json): Promise<void> {
  return withStore(async ({ db }) => printRules(await readRules(db), options));
}

function add(id: string, options: AddOptions): Promise<void> {
  return withStore(async ({ db }, config) => {
    await openScorecards(config, db, warn);
    const [scorecard = '', version = null] = id.split('@');
    const connectionId = options.connection ? (await findConnection(db, options.connection)).id : null;
    const rules = await readRules(db);
    const at = options.at === undefined ? rules.length : Number(options.at) - 1;
    if (!(Number.isInteger(at) && at >= 0 && at <= rules.length))
      throw new BadArgument(`--at: a number from 1 to ${rules.length + 1}`);
    const names = { vertical: options.vertical ?? null, buyerName: options.buyer ?? null };
    const rule: ScorecardRule = {
      connectionId,
      ...names,
      campaignName: options.campaign ?? null,
      scorecard,
      version,
      note: options.note ?? '',
    };
    const wanted = rules.toSpliced(at, 0, rule);
    const [fault] = await checkRules(db, wanted);
    if (fault) throw new BadArgument(`Rule ${fault.rule}: ${fault.problem}`);
    await saveRules(db, wanted);
    printRules(wanted, options);
  });
}

function remove(number: string, options: Json): Promise<void> {
  return withStore(async ({ db }) => {
    const rules = await readRules(db);
    const at = Number(number) - 1;
    if (!rules[at]) throw new BadArgument(`There is no rule ${number}; there are ${rules.length}.`);
    const left = rules.toSpliced(at, 1);
    await saveRules(db, left);
    printRules(left, options);
  });
}

function printRules(rules: readonly ScorecardRule[], options: Json): void {
  const body = rules.map(({ connectionId, buyerName, campaignName, ...rule }) => ({
    connection_id: connectionId,
    buyer_name: buyerName,
    campaign_name: campaignName,
    ...rule,
  }));
  print(options.json, { rules: body }, [
    ...rules.map(
      (rule, at) =>
        `${at + 1}. ${describeRule(rule)} → ${rule.scorecard}${rule.version ? `@${rule.version}` : ''}`,
    ),
    'Then the scorecard of the connection, then the one that answers to the vertical.',
  ]);
}

function describeRule({ connectionId, vertical, buyerName, campaignName }: ScorecardRule): string {
  const parts = [
    connectionId && `connection ${connectionId}`,
    vertical && `vertical ${vertical}`,
    buyerName && `buyer ${buyerName}`,
    campaignName && `campaign ${campaignName}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'every call';
}
