/**
 * `npm run demo`: Aria from nothing, with simulated platforms, recordings and (where no speech model is installed)
 * a simulated transcription service. Leaves the pages open until Ctrl-C; with `--exit`, or without a terminal, it
 * stops everything and says by its exit code whether all went as it should.
 */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startAria } from './aria.ts';
import { forgetProcesses, makeFreshFolder, noteProcesses } from './data-folder.ts';
import { DemoFault } from './demo-fault.ts';
import { openWorld } from './demo-world.ts';
import { demoEnvironment } from './environment.ts';
import { choosePort } from './free-port.ts';
import { installedModel } from './installed-model.ts';
import { show, timeZone } from './show.ts';
import { chooseSpeech } from './speech.ts';

const folder = fileURLToPath(new URL('../demo-data', import.meta.url));
const defaultPort = 4040;

const { values: options } = parseArgs({
  options: {
    exit: { type: 'boolean', default: !(process.stdin.isTTY && process.stdout.isTTY) },
    simulated: { type: 'boolean', default: false },
  },
});

/** Aborted by the first Ctrl-C; later ones change nothing. */
const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interruption.abort());
const interrupted = once(interruption.signal, 'abort').then(() => interruption.signal.throwIfAborted());
// Whoever waits for something races with this; between two waits nobody listens.
interrupted.catch(() => undefined);

async function run(): Promise<string[]> {
  const started = performance.now();
  const { ARIA_PORT, ARIA_MODELS_DIR } = process.env;
  const port = await choosePort(Number(ARIA_PORT || defaultPort), Boolean(ARIA_PORT));
  const modelsFolder = resolve(ARIA_MODELS_DIR || 'data/models');
  await makeFreshFolder(folder);
  const world = await openWorld();
  try {
    const model = options.simulated ? null : await installedModel(modelsFolder);
    const speech = chooseSpeech(model, modelsFolder, world.provider);
    say(`Everything outside of Aria is simulated: platforms, recordings, people.\n${speech.told}`);
    const env = demoEnvironment(process.env, { world, speech, port, folder, timeZone });
    if (port !== defaultPort && !ARIA_PORT) say(`Port ${defaultPort} is taken, so this one uses ${port}.`);
    const aria = await startAria({ env, port, log: `${folder}/aria.log` }, interruption.signal);
    try {
      await noteProcesses(folder, { demo: process.pid, aria: aria.pid });
      say(`Aria is ready at ${aria.url} (${secondsSince(started)} s)`);
      const problems = (await Promise.race([show({ aria, world, say }), aria.died, interrupted])) ?? [];
      for (const problem of problems) say(`Not as it should be: ${problem}`);
      say(`\nDone in ${secondsSince(started)} s.`);
      if (!options.exit) {
        const { url } = await aria.ask<{ url: string }>('owner-link');
        say(`Open ${aria.url}\nBecome owner with this link (once): ${url}\nCtrl-C ends the demo.`);
        await Promise.race([interrupted, aria.died]);
      }
      return problems;
    } finally {
      await aria.stop();
      await forgetProcesses(folder);
    }
  } finally {
    await world.close();
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(0);
}

try {
  const problems = await run();
  process.exitCode = problems.length > 0 ? 1 : 0;
} catch (error) {
  if (interruption.signal.aborted) say('\nEnded.');
  else if (error instanceof DemoFault) process.stderr.write(`${error.message}\n`);
  else console.error(error);
  process.exitCode = interruption.signal.aborted ? 0 : 1;
}
