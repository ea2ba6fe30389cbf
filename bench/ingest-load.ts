import { connect, type Socket } from 'node:net';
import { readAnswer } from './read-answer.ts';

/** What is under load: where events are POSTed, and the body of one with the given call id. */
export type Target = {
  url: string;
  body: (callInstanceId: string, variant: number) => object;
  /** So many bodies are made beforehand and sent in turn; one if not said. */
  variants?: number;
};

/** One run of load: answers 2xx per second, latency in ms, and how many requests had any other end. */
export type Round = {
  accepted: number;
  rps: number;
  p50: number;
  p99: number;
  failed: number;
  /** Processor time of each of those who took part, µs an answer; where it was measured. */
  cpu?: Record<string, number>;
};

export type LoadOptions = {
  connections: number;
  seconds: number;
  /** Makes the call ids of this run its own. */
  label: string;
  /** Told of each 2xx, with the seconds since the start. */
  onAccepted?: (second: number) => void;
};

/** Call ids have this length, so that one stays in its place in a request made beforehand. */
const idLength = 40;

/**
 * POSTs events over `connections` connections, each sending its next when it has its answer. Written on bare
 * sockets: the load shares the machine's cores with what it measures, and a general client, which builds each
 * request anew, took as much of them as the server.
 */
export async function load(target: Target, options: LoadOptions): Promise<Round> {
  const start = performance.now();
  const end = start + options.seconds * 1000;
  const requests = Array.from({ length: target.variants ?? 1 }, (_, variant) =>
    writeRequest(target, variant),
  );
  const latencies: number[] = [];
  let sent = 0;
  let failed = 0;

  function run(): Promise<void> {
    let since = 0;
    const send = (socket: Socket) => {
      const request = requests[sent % requests.length]!;
      const bytes = Buffer.from(request.bytes);
      bytes.write(`${options.label}-${sent++}`.padEnd(idLength, '_'), request.idAt, 'latin1');
      since = performance.now();
      socket.write(bytes);
    };
    return new Promise<void>((done) => {
      const { port, hostname } = new URL(target.url);
      const socket = connect(Number(port), hostname, () => send(socket)).setNoDelay(true);
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1');
        const status = readAnswer(received);
        if (status === null) return;
        received = '';
        const now = performance.now();
        if (status >= 200 && status < 300) {
          latencies.push(now - since);
          options.onAccepted?.((now - start) / 1000);
        } else failed++;
        if (now < end) send(socket);
        else socket.destroy();
      });
      socket.on('error', () => failed++).on('close', () => done());
    }).then(() => (performance.now() < end ? run() : undefined));
  }

  await Promise.all(Array.from({ length: options.connections }, run));
  latencies.sort((a, b) => a - b);
  const at = (share: number) => Math.round((latencies[Math.floor(latencies.length * share)] ?? 0) * 10) / 10;
  const seconds = (performance.now() - start) / 1000;
  return {
    accepted: latencies.length,
    rps: latencies.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    failed,
  };
}

/** The bytes of a request, and where in them the call's id stands. */
function writeRequest(target: Target, variant: number) {
  const { pathname, search, host } = new URL(target.url);
  const id = 'i'.repeat(idLength);
  const body = JSON.stringify(target.body(id, variant));
  const head = [
    `POST ${pathname}${search} HTTP/1.1`,
    `host: ${host}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  const bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
  return { bytes, idAt: bytes.indexOf(id) };
}

/** Each figure's median over the rounds; failures are summed. */
export function summarise(rounds: Round[]): Round {
  const median = (pick: (round: Round) => number) =>
    rounds.map(pick).sort((a, b) => a - b)[rounds.length >> 1] ?? 0;
  const parts = Object.keys(rounds[0]?.cpu ?? {});
  return {
    accepted: rounds.reduce((sum, round) => sum + round.accepted, 0),
    rps: Math.round(median((round) => round.rps)),
    p50: median((round) => round.p50),
    p99: median((round) => round.p99),
    failed: rounds.reduce((sum, round) => sum + round.failed, 0),
    ...(parts.length > 0 && {
      cpu: Object.fromEntries(
        parts.map((part) => [part, Math.round(median(({ cpu }) => cpu?.[part] ?? Number.NaN))]),
      ),
    }),
  };
}
