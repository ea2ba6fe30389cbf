/** Knows whether the database is away, so that an outage is one line in the log and not one of every part that meets it. */
export type OutageLog = {
  /** Whether the error only says that the database is away, which has been told. */
  covers: (error: unknown) => boolean;
  stop: () => void;
};

const lookMs = 2_000;

/** Words of pg and its pool, which give no code; SQLSTATE classes 08 and 57P; system codes of a dial. */
function saysAway(error: unknown): boolean {
  const { code, message, cause } = (error ?? {}) as { code?: unknown; message?: string; cause?: unknown };
  if (typeof code === 'string' && /^(08|57P0|ECONNREFUSED$|ECONNRESET$)/.test(code)) return true;
  const words =
    /timeout exceeded when trying to connect|Connection terminated|not queryable|the database system is/i;
  return words.test(message ?? '') || (cause !== undefined && saysAway(cause));
}

/**
 * Tells once that the database is away, when the first part of Aria meets it, and once that it is back.
 * @param deps.reach resolves when the database answers
 */
export function watchOutages(deps: {
  reach: () => Promise<unknown>;
  tell: (message: string) => void;
  every?: number;
}): OutageLog {
  let timer: NodeJS.Timeout | undefined;

  function look(since: number): void {
    timer = setTimeout(async () => {
      const isBack = await deps.reach().then(
        () => true,
        () => false,
      );
      if (timer === undefined) return;
      timer = undefined;
      if (!isBack) return look(since);
      const seconds = Math.round((performance.now() - since) / 1000);
      deps.tell(`The database is back after ${seconds} s; work goes on.`);
    }, deps.every ?? lookMs);
    timer.unref();
  }

  return {
    covers(error) {
      if (!saysAway(error)) return false;
      if (timer === undefined) {
        const { message, code } = error as { message?: string; code?: string };
        deps.tell(
          `The database cannot be reached (${message || code}). Events are answered 503 until it is back; work waits.`,
        );
        look(performance.now());
      }
      return true;
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
