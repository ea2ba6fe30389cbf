import { type Round, summarise } from './ingest-load.ts';
import type { Sustained } from './ingest-sustained.ts';
import type { Peers } from './peers/start-peers.ts';

type Form = { json: boolean };

/** What the rounds gave: `runs` by name, warm-up first; `stored` are the events in Aria's table at the end. */
export type Rounds = {
  connections: number;
  rounds: number;
  seconds: number;
  runs: Map<string, Round[]>;
  peers: Peers;
  stored: number;
};

/** Prints the medians, as one JSON object or for people. */
export function reportRounds(measured: Rounds, form: Form): void {
  const { connections, runs, peers } = measured;
  const of = (name: string) => summarise((runs.get(name) ?? []).slice(1));
  const [floor, durable, oneByOne] = [of('floor'), of('durable'), of('one-by-one')];
  const failed = ['floor', 'durable', 'one-by-one'].reduce((sum, name) => sum + of(name).failed, 0);
  const names = [...peers.keys()];
  if (form.json) {
    const details = ({ version }: { version: string }, { p50, p99, failed }: Round) => ({
      version,
      p50_ms: p50,
      p99_ms: p99,
      failed,
    });
    printJson({
      connections,
      floor_rps: floor.rps,
      durable_rps: durable.rps,
      one_by_one_rps: oneByOne.rps,
      p50_ms: durable.p50,
      p99_ms: durable.p99,
      failed,
      cpu_us: { floor: floor.cpu, durable: durable.cpu, one_by_one: oneByOne.cpu },
      events_stored: measured.stored,
      peers: Object.fromEntries(names.map((name) => [name, peers.get(name) ? of(name).rps : null])),
      peer_details: Object.fromEntries(
        [...peers].map(([name, peer]) => [name, peer && details(peer, of(name))]),
      ),
    });
    return;
  }
  const line = (name: string, { rps, p50, p99 }: Round, beside: string) =>
    `${name.padEnd(25)} ${String(rps).padStart(6)} events/s   p50 ${p50} ms, p99 ${p99} ms   ${beside}`;
  const share = (run: Round) => `${(run.rps / floor.rps).toFixed(2)} of the floor`;
  print([
    `${connections} connections, median of ${measured.rounds} rounds of ${measured.seconds} s`,
    line('parse and validate only', floor, ''),
    line('durable (group commit)', durable, share(durable)),
    line('one statement a request', oneByOne, share(oneByOne)),
    ...['floor', 'durable'].map((name) => {
      const parts = Object.entries(of(name).cpu ?? {}).map(([part, us]) => `${part} ${us}`);
      return `processor time, ${name.padEnd(9)} ${parts.join(', ')} µs an event`;
    }),
    ...[...peers].map(([name, peer]) => {
      if (!peer) return `${name.padEnd(25)} not measured`;
      const run = of(name);
      const beside = `1/${(durable.rps / run.rps).toFixed(1)} of durable, ${run.failed} failed`;
      return line(`${name} ${peer.version}`, run, beside);
    }),
    `failed requests           ${failed}`,
  ]);
}

/** Prints one long run of the durable server. */
export function reportSustained(
  measured: { connections: number; seconds: number; run: Sustained; stored: number },
  form: Form,
): void {
  const { connections, seconds, run, stored } = measured;
  const { thirds, rps, p50, p99, failed } = run;
  if (form.json) {
    printJson({
      connections,
      seconds,
      durable_rps: Math.round(rps),
      thirds_rps: thirds,
      p50_ms: p50,
      p99_ms: p99,
      failed,
      events_stored: stored,
    });
    return;
  }
  print([
    `${connections} connections, ${seconds} s, durable (group commit)`,
    `first, second, last third ${thirds.join(', ')} events/s`,
    `whole run                 ${Math.round(rps)} events/s   p50 ${p50} ms, p99 ${p99} ms`,
    `failed requests           ${failed}`,
  ]);
}

function printJson(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

function print(lines: string[]): void {
  process.stdout.write(`${lines.map((line) => line.trimEnd()).join('\n')}\n`);
}
