import { Command } from 'commander';
import aria from '../../package.json' with { type: 'json' };
import { commandFiles } from './command-files.ts';
import { explainFailure } from './explain-failure.ts';

/** The whole command line, or as much of it as the command of this name takes. */
export async function buildProgram(name: string | undefined): Promise<Command> {
  const program = new Command('aria')
    .description(
      'Outcome reporting for pay-per-call: call events in; transcripts, scores and money questions answered.',
    )
    .version(aria.version, '-v, --version', 'print the version')
    // what is wrong is the last thing on the screen, not above a page of options
    .showHelpAfterError('(add --help to see what it takes)');
  const own = name !== undefined && Object.hasOwn(commandFiles, name) ? commandFiles[name] : undefined;
  const files = own ? [own] : new Set(Object.values(commandFiles));
  for (const load of files) for (const add of await load()) add(program);
  return program;
}

/** Runs the command that `argv` names. What fails is told on stderr, with exit code 1. */
export async function runCommand(argv: string[]): Promise<void> {
  try {
    const program = await buildProgram(argv[2]);
    await program.parseAsync(argv);
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exitCode = 1;
  }
}
