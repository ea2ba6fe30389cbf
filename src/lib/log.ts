import { randomUUID } from 'node:crypto';
import { type Logger, pino } from 'pino';

export type { Logger };

/**
 * JSON lines on stderr, so that stdout stays for results. Known names of secrets are cut out wherever they stand.
 * @param isTold errors (`err`) of which everything was said elsewhere: their lines are left out
 */
export function createLog(level: string, isTold: (error: unknown) => boolean = () => false): Logger {
  return pino(
    {
      level,
      base: null,
      hooks: {
        logMethod(args, method) {
          const [first] = args as unknown[];
          if (typeof first === 'object' && first !== null && 'err' in first && isTold(first.err)) return;
          method.apply(this, args);
        },
      },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['api_key', '*.api_key', 'authorization', '*.authorization', 'cookie', '*.cookie'],
        censor: '[removed]',
      },
    },
    pino.destination({ dest: 2, sync: false }),
  );
}

/** Logs a fault of ours with its stack and returns the id by which a person can find it. */
export function bugLogger(log: Logger): (error: unknown, context: Record<string, unknown>) => string {
  return (error, context) => {
    const id = randomUUID();
    log.error({ ...context, id, err: error }, 'unexpected fault');
    return id;
  };
}
