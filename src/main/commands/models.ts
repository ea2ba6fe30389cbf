import type { Command } from 'commander';
import { chooseModel } from '../../transcribe/models/choose-model.ts';
import { findModels } from '../../transcribe/models/find-models.ts';
import { readConfig } from '../config.ts';
import { modelFolders } from '../folders.ts';
import { print } from './with-store.ts';

export function addModelCommands(program: Command): void {
  const models = program.command('models').description('speech models for transcription on this machine');
  models
    .command('list')
    .description('models that are installed, and which one is used')
    .option('--json', 'print one JSON object')
    .action(async (options: { json?: boolean }) => {
      const config = readConfig();
      const found = await findModels(modelFolders(config));
      const used = chooseModel(found, config.ARIA_MODEL ?? null);
      const items = found.map(({ name, kind, bytes, folder }) => ({ name, kind, bytes, folder, used: name === used?.name }));
      const lines = items.map((m) => `${m.used ? '*' : ' '} ${m.name.padEnd(40)} ${m.kind.padEnd(22)} ${(m.bytes / 1e6).toFixed(1)} MB  ${m.folder}`);
      print(options.json, { items }, lines.length > 0 ? lines : ['No model is installed. Calls wait until there is one: npx aria models --help']);
    });
}
