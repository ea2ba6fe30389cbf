import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mutate, seeded } from './audio/mutate.ts';

/**
 * Decodes damaged copies of recordings, file after file in one process, and counts what comes out: audio, a reason,
 * or what must not be: a process that dies, an error that is no AudioError, a file that never ends. Aria decodes
 * each recording in a process of its own; here all share one, which is harder on the decoders.
 */
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', multiple: true },
    keep: { type: 'string' },
    json: { type: 'boolean' },
  },
});
const wanted = Number(values.files);
const folders = values.from ?? [fileURLToPath(new URL('../samples/audio', import.meta.url))];
const extensions = /\.(?:wav|mp3|m4a|ogg|flac|opus|aac|webm|amr|gsm)$/;
/** Enough of a recording for a decoder to get to work; more would only take longer. */
const mostBytes = 60_000;
const patienceMs = 60_000;

async function readSources(): Promise<{ name: string; bytes: Buffer }[]> {
  const found: { name: string; bytes: Buffer }[] = [];
  for (const folder of folders) {
    for (const name of (await readdir(folder)).filter((file) => extensions.test(file)).sort()) {
      const file = await open(join(folder, name));
      const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
      await file.close();
      if (bytesRead > 0) found.push({ name, bytes: buffer.subarray(0, bytesRead) });
    }
  }
  if (found.length === 0) throw new Error(`No recordings in ${folders.join(', ')}`);
  return found;
}

type Answer = { outcome: string; seconds?: number; message?: string };

const running: { child: ChildProcess | null } = { child: null };
function startChild(): ChildProcess {
  const program = fileURLToPath(new URL('./audio/decode-many.ts', import.meta.url));
  return fork(program, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
}

function decode(path: string): Promise<Answer> {
  running.child ??= startChild();
  const current = running.child;
  return new Promise((done) => {
    const finish = (answer: Answer) => {
      clearTimeout(timer);
      current.removeAllListeners();
      if (answer.outcome === 'died' || answer.outcome === 'endless') running.child = null;
      done(answer);
    };
    const timer = setTimeout(() => {
      current.kill('SIGKILL');
      finish({ outcome: 'endless' });
    }, patienceMs);
    current.once('message', (answer) => finish(answer as Answer));
    current.once('exit', (code, signal) => finish({ outcome: 'died', message: `${signal ?? code}` }));
    current.send(path);
  });
}

const sources = await readSources();
const random = seeded(Number(values.seed));
const scratch = await mkdtemp(join(tmpdir(), 'aria-fuzz-'));
const counts: Record<string, number> = {};
const faults: { file: number; source: string; outcome: string; message?: string }[] = [];
const faulty = new Set(['died', 'endless', 'bug']);
try {
  for (let file = 0; file < wanted; file += 1) {
    const source = sources[file % sources.length]!;
    const other = sources[random(sources.length)]!;
    const path = join(scratch, `file${extname(source.name)}`);
    const bytes = mutate(source.bytes, random, other.bytes);
    await writeFile(path, bytes);
    const { outcome, message } = await decode(path);
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    if (faulty.has(outcome)) {
      faults.push({ file, source: source.name, outcome, ...(message ? { message } : {}) });
      if (values.keep) await writeFile(join(values.keep, `${file}-${source.name}`), bytes);
    }
    if (!values.json && file % 500 === 499) console.error(`${file + 1} of ${wanted}`, counts);
  }
} finally {
  running.child?.disconnect();
  await rm(scratch, { recursive: true, force: true });
}

const result = { files: wanted, seed: Number(values.seed), sources: sources.length, counts, faults };
if (values.json) console.log(JSON.stringify(result));
else {
  console.log(`${wanted} damaged files of ${sources.length} recordings, seed ${values.seed}`);
  console.table(counts);
  for (const fault of faults.slice(0, 20)) console.log(fault);
}
process.exitCode = faults.length > 0 ? 1 : 0;
