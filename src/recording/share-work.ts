/**
 * Lets those who want the same thing at the same time share one piece of work and its result, or its failure.
 * What comes after it has ended begins anew.
 */
export function createSharedWork<T>(): (name: string, work: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>();
  return (name, work) => {
    const known = running.get(name);
    if (known) return known;
    const started = work().finally(() => running.delete(name));
    running.set(name, started);
    return started;
  };
}
