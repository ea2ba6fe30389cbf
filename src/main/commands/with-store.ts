import { type Config, readConfig } from '../config.ts';
import { openStoreBeside, type Store } from '../store.ts';

/** Runs a command with the database open, beside a running Aria or alone, and closes it again. */
export async function withStore(run: (store: Store, config: Config) => Promise<void>): Promise<void> {
  const config = readConfig();
  const store = await openStoreBeside(config);
  try {
    await run(store, config);
  } finally {
    await store.close();
  }
}

/** Prints a result: JSON for machines, or the given lines for people. */
export function print(asJson: boolean | undefined, result: unknown, lines: string[]): void {
  process.stdout.write(asJson ? `${JSON.stringify(result)}\n` : `${lines.join('\n')}\n`);
}

/** Tells people something beside the result. */
export function warn(message: string): void {
  process.stderr.write(`${message}\n`);
}
