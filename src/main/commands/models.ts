import type { Command } from 'commander';
import { createSafeFetch } from '../../lib/safe-fetch.ts';
import { addModel } from '../../transcribe/models/add-model.ts';
import { addVad, pullVad } from '../../transcribe/models/add-vad.ts';
import { chooseModel } from '../../transcribe/models/choose-model.ts';
import { findModels } from '../../transcribe/models/find-models.ts';
import { type ListedModel, listModels } from '../../transcribe/models/list-models.ts';
import { pullModel } from '../../transcribe/models/pull-model.ts';
import type { SpeechModel } from '../../transcribe/models/speech-model.ts';
import { readConfig } from '../config.ts';
import { modelFolders } from '../folders.ts';
import { print } from './with-store.ts';

type Options = { json?: boolean };

export function addModelCommands(program: Command): void {
  const models = program.command('models').description('speech models for transcription on this machine');
  models
    .command('list')
    .description('models that are installed, which one is used (*), and what can be pulled')
    .option('--json', 'print one JSON object')
    .action((options: Options) => list(options));
  models
    .command('add <folder>')
    .description('copy a model from a folder, after trying that it loads')
    .option('--json', 'print one JSON object')
    .action(async (folder: string, options: Options) => {
      const { ARIA_DATA_DIR } = readConfig();
      const model = await addModel(folder, ARIA_DATA_DIR);
      await addVad(folder, ARIA_DATA_DIR);
      tell(model, options);
    });
  models
    .command('pull <name>')
    .description('download a model of the list; goes on where it was broken off')
    .option('--json', 'print one JSON object')
    .action((name: string, options: Options) => pull(name, options));
}

async function list(options: Options): Promise<void> {
  const config = readConfig();
  const folders = modelFolders(config);
  const used = chooseModel(await findModels(folders), config.ARIA_MODEL ?? null)?.name ?? null;
  const items = (await listModels(folders)).map((model) => ({ ...model, used: model.name === used }));
  const [installed, others] = [items.filter((m) => m.installed), items.filter((m) => !m.installed)];
  print(options.json, { items }, [
    installed.length > 0
      ? 'Installed (* is used; choose another with ARIA_MODEL):'
      : 'No model is installed: calls wait until there is one.',
    ...installed.map(line),
    '',
    'To be had by npx aria models pull NAME:',
    ...others.map(line),
  ]);
}

function line(model: ListedModel & { used: boolean }): string {
  const size = model.megabytes === null ? '' : `${model.megabytes} MB`;
  const about = [
    size,
    model.licence,
    model.languages.join(' '),
    model.isDefault ? 'recommended' : '',
    model.folder,
  ];
  return `${model.used ? '*' : ' '} ${model.name.padEnd(46)} ${about.filter(Boolean).join(', ')}`;
}

async function pull(name: string, options: Options): Promise<void> {
  const safeFetch = createSafeFetch({ allowHosts: [] });
  try {
    const onProgress = ({ file, bytes }: { file: string; bytes: number }) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${file}  ${(bytes / 1e6).toFixed(1)} MB   `);
    };
    const { ARIA_DATA_DIR } = readConfig();
    const model = await pullModel(name, ARIA_DATA_DIR, safeFetch, { onProgress });
    await pullVad(ARIA_DATA_DIR, safeFetch);
    if (process.stderr.isTTY) process.stderr.write('\n');
    tell(model, options);
  } finally {
    await safeFetch.close();
  }
}

function tell(model: SpeechModel, options: Options): void {
  print(options.json, model, [
    `${model.name} is in ${model.folder}. Calls that wait for an engine go on within a minute.`,
  ]);
}
