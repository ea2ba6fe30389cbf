let ending: Promise<void> | null = null;

/**
 * Resolves when the event loop has read all sockets of this turn; everybody who waits goes on then, one right
 * after the other. Work between two reads of sockets runs with cold caches and branch predictors, so that the same
 * parsing and normalising cost two to three times as much there (docs/performance.md). A lone request does not wait.
 */
export function turnEnd(): Promise<void> {
  ending ??= new Promise((resolve) => {
    setImmediate(() => {
      ending = null;
      resolve();
    });
  });
  return ending;
}
