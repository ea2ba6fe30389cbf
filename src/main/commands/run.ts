import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { type Role, runAria } from '../run-aria.ts';

const roles: [name: string, description: string, roles: Role[]][] = [
  ['start', 'serve webhook, API and pages, and run the workers', ['serve', 'work']],
  ['serve', 'serve webhook, API and pages; no workers', ['serve']],
  ['work', 'run the workers only; several may share one DATABASE_URL', ['work']],
];

export function addRunCommands(program: Command): void {
  for (const [name, description, wanted] of roles) {
    program
      .command(name)
      .description(description)
      .action(() => untilStopped(wanted));
  }
}

/** Runs until SIGINT or SIGTERM, then stops cleanly; a second signal does not wait. */
async function untilStopped(wanted: Role[]): Promise<void> {
  const aria = await runAria(readConfig(), wanted);
  await new Promise<void>((stopped) => {
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(1);
      stopping = true;
      process.stderr.write('\nStopping…\n');
      aria.stop().finally(stopped);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
