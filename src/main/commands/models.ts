import { dirname } from 'node:path';
import type { Command } from 'commander';
import { createSafeFetch } from '../../lib/safe-fetch.ts';
import { addModel } from '../../transcribe/models/add-model.ts';
import { addVad, pullVad, vadUrl } from '../../transcribe/models/add-vad.ts';
import { type AddedVoiceModel, addVoiceModel } from '../../transcribe/models/add-voice-model.ts';
import { defaultModel, findInCatalogue } from '../../transcribe/models/catalogue.ts';
import { findModels } from '../../transcribe/models/find-models.ts';
import { findVoiceModels } from '../../transcribe/models/find-voice-models.ts';
import { type ListedModel, listModels } from '../../transcribe/models/list-models.ts';
import { writeModelInUse } from '../../transcribe/models/model-in-use.ts';
import { pullModel } from '../../transcribe/models/pull-model.ts';
import { pullVoiceModel } from '../../transcribe/models/pull-voice-model.ts';
import { isArchive } from '../../transcribe/models/unpack-archive.ts';
import {
  type CatalogueVoiceModel,
  findVoiceModelInCatalogue,
  voiceCatalogue,
} from '../../transcribe/models/voice-catalogue.ts';
import { readConfig } from '../config.ts';
import { modelFolders } from '../folders.ts';
import { findLocalModel } from '../local-model.ts';
import { BadArgument } from './bad-argument.ts';
import { progressBar } from './progress-bar.ts';
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
    .command('pull [name]')
    .description(
      'download a model of the list, the recommended one without a name; goes on where it broke off',
    )
    .option('--json', 'print one JSON object')
    .action((name: string | undefined, options: Options) => pull(name ?? defaultModel, options));
  models
    .command('add <source>')
    .description(
      'copy a model from a folder, an archive (.tar.bz2) or, for telling voices apart, an ONNX file, after trying that it loads',
    )
    .option('--json', 'print one JSON object')
    .action((source: string, options: Options) => add(source, options));
  models
    .command('use [name]')
    .description('use this model from now on; without a name the largest one, as at first')
    .option('--json', 'print one JSON object')
    .action((name: string | undefined, options: Options) => use(name ?? null, options));
}

async function list(options: Options): Promise<void> {
  const config = readConfig();
  const local = await findLocalModel(config);
  const used = local.model?.name ?? null;
  const items = (await listModels(modelFolders(config))).map((model) => ({
    ...model,
    used: model.name === used,
  }));
  const voices = await findVoiceModels(modelFolders(config));
  const [installed, others] = [items.filter((m) => m.installed), items.filter((m) => !m.installed)];
  const voice_models = voiceCatalogue.map((known) => ({ ...known, path: voices[known.part] ?? null }));
  print(options.json, { items, missing: local.model ? null : local.missing, voice_models }, [
    ...(installed.length > 0
      ? ['Installed (* is used; choose another with npx aria models use NAME):', ...installed.flatMap(lines)]
      : whereNone(modelFolders(config))),
    ...(installed.length > 0 && !local.model ? [`None is used: ${local.missing}.`] : []),
    '',
    'To be had by npx aria models pull NAME:',
    ...others.flatMap(lines),
    '',
    'To tell two voices on one channel apart, both of these (without them it is done by their sound):',
    ...voice_models.flatMap(voiceLines),
  ]);
}

function voiceLines(model: CatalogueVoiceModel & { path: string | null }): string[] {
  const size = `${Math.round(model.bytes / 100_000) / 10} MB`;
  return [
    `${model.path ? '*' : ' '} ${model.name}`,
    `    ${[model.part, model.path ?? size, model.licence].join(', ')}`,
    `    ${model.about}`,
  ];
}

/** What to do on a machine with and without internet. */
function whereNone(folders: string[]): string[] {
  const known = findInCatalogue(defaultModel);
  return [
    `No model is installed in ${folders.join(' or ')}: calls are kept and wait until there is one.`,
    '',
    'With internet:     npx aria models pull',
    'Without internet:  fetch these two where there is internet, carry them over into one folder, and add the first:',
    `                   ${known?.archive.url}`,
    `                   ${vadUrl}`,
    `                   npx aria models add FOLDER/${defaultModel}.tar.bz2`,
    'Calls that wait go on by themselves within a minute. Providers can listen instead: npx aria engines list',
  ];
}

function lines(model: ListedModel & { used: boolean }): string[] {
  const about = [
    model.megabytes === null ? 'size not known' : `${model.megabytes} MB`,
    model.licence,
    model.languages.length > 3 ? `${model.languages.length} languages` : model.languages.join(' '),
    model.word_times === false ? 'no word times' : 'word times',
    model.is_default ? 'recommended' : '',
    model.installed || model.sha256 ? '' : 'no SHA-256 known: the first download is recorded',
    model.folder,
  ];
  return [
    `${model.used ? '*' : ' '} ${model.name}`,
    `    ${about.filter(Boolean).join(', ')}`,
    ...(model.accuracy ? [`    ${model.accuracy}`] : []),
  ];
}

async function pull(name: string, options: Options): Promise<void> {
  const safeFetch = createSafeFetch({ allowHosts: [] });
  const bar = progressBar(process.stderr, 'bytes');
  try {
    const { ARIA_DATA_DIR } = readConfig();
    const voice = findVoiceModelInCatalogue(name);
    if (voice) {
      const part = await pullVoiceModel(voice, ARIA_DATA_DIR, safeFetch, ({ bytes, total }) =>
        bar.show(total === null ? 0 : bytes / total, bytes),
      );
      bar.end();
      return print(options.json, part, addedVoice(part));
    }
    const pulled = await pullModel(name, ARIA_DATA_DIR, safeFetch, {
      onProgress: ({ bytes, total }) => bar.show(total === null ? 0 : bytes / total, bytes),
    });
    bar.end();
    await pullVad(ARIA_DATA_DIR, safeFetch);
    const { model, sha256, pinned } = pulled;
    print(options.json, { ...model, sha256, pinned }, [
      added(model.name, model.folder),
      pinned
        ? `Its archive is the known one (SHA-256 ${sha256}).`
        : `No SHA-256 is known for its archive; this one was recorded: ${sha256}.`,
    ]);
  } finally {
    bar.end();
    await safeFetch.close();
  }
}

async function add(source: string, options: Options): Promise<void> {
  const { ARIA_DATA_DIR } = readConfig();
  const voice = await addVoiceModel(source, ARIA_DATA_DIR);
  if (voice) return print(options.json, voice, addedVoice(voice));
  const { model, origin } = await addModel(source, ARIA_DATA_DIR);
  const vad = await addVad(isArchive(source) ? dirname(source) : source, ARIA_DATA_DIR);
  print(options.json, { ...model, pinned: origin === 'pinned' }, [
    added(model.name, model.folder),
    ...(origin === 'pinned' ? ['Its archive is the known one.'] : []),
    ...(vad
      ? []
      : [
          'There is no silero_vad.onnx: loudness decides where somebody speaks. Put that file beside the model and add it again.',
        ]),
  ]);
}

async function use(name: string | null, options: Options): Promise<void> {
  const config = readConfig();
  const installed = await findModels(modelFolders(config));
  if (name !== null && !installed.some((model) => model.name === name)) {
    const names = installed.map((model) => model.name).join(', ') || 'none';
    throw new BadArgument(`There is no model ${name}. Installed: ${names}.`);
  }
  await writeModelInUse(config.ARIA_DATA_DIR, name);
  const local = await findLocalModel(config);
  const used = local.model?.name ?? null;
  const overridden = config.ARIA_MODEL && name !== null && used !== name;
  print(options.json, { used }, [
    used ? `${used} is used for the calls that come now.` : 'No model is installed.',
    ...(overridden ? [`ARIA_MODEL names ${config.ARIA_MODEL}, and it goes before this choice.`] : []),
  ]);
}

function addedVoice({ name, path, origin, missing }: AddedVoiceModel): string[] {
  const other = voiceCatalogue.find((model) => model.part === missing);
  return [
    `${name} is in ${dirname(path)}.`,
    ...(origin === 'pinned' ? ['Its file is the known one.'] : []),
    other
      ? `The other half is missing: npx aria models pull ${other.name}, or fetch ${other.url} and add it.`
      : 'Voices on one channel are told apart with it from the next call on.',
  ];
}

const added = (name: string, folder: string) =>
  `${name} is in ${folder}. Calls that wait for an engine go on within a minute.`;
