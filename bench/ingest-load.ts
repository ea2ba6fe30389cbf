import autocannon from 'autocannon';

/** What is under load: where events are POSTed, and the body of one, in which `[<id>]` becomes unique. */
export type Target = { url: string; body: (callInstanceId: string) => object };

/** One run of load: answers 2xx per second, latency in ms, and how many requests had any other end. */
export type Round = { accepted: number; rps: number; p50: number; p99: number; failed: number };

export type LoadOptions = {
  connections: number;
  seconds: number;
  /** Makes the call ids of this run its own. */
  label: string;
  /** Told of each 2xx, with the seconds since the start. */
  onAccepted?: (second: number) => void;
};

/** POSTs events over `connections` connections, each sending its next when it has its answer. */
export async function load(target: Target, options: LoadOptions): Promise<Round> {
  const start = performance.now();
  // with a callback autocannon gives the run itself, whose answers can be listened to
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>();
  const settings: autocannon.Options = {
    url: target.url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(target.body(`${options.label}-[<id>]`)),
    idReplacement: true,
    connections: options.connections,
    duration: options.seconds,
  };
  const run = autocannon(settings, (error, result) => (error ? reject(error) : resolve(result)));
  const { onAccepted } = options;
  if (onAccepted) {
    run.on('response', (_client, status) => {
      if (status >= 200 && status < 300) onAccepted((performance.now() - start) / 1000);
    });
  }
  const result = await promise;
  return {
    accepted: result['2xx'],
    rps: result['2xx'] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    failed: result.non2xx + result.errors + result.timeouts,
  };
}

/** Each figure's median over the rounds; failures are summed. */
export function summarise(rounds: Round[]): Round {
  const median = (pick: (round: Round) => number) =>
    rounds.map(pick).sort((a, b) => a - b)[rounds.length >> 1] ?? 0;
  return {
    accepted: rounds.reduce((sum, round) => sum + round.accepted, 0),
    rps: Math.round(median((round) => round.rps)),
    p50: median((round) => round.p50),
    p99: median((round) => round.p99),
    failed: rounds.reduce((sum, round) => sum + round.failed, 0),
  };
}
