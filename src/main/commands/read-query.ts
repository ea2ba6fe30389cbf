import type { z } from 'zod';
import { BadArgument } from './bad-argument.ts';

/** Options as the API's query; what is not given is left out. @throws BadArgument naming each wrong option */
export function readQuery<Q extends z.ZodType>(shape: Q, given: Record<string, unknown>): z.infer<Q> {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  const read = shape.safeParse(Object.fromEntries(known));
  if (read.success) return read.data;
  const faults = read.error.issues.map(
    ({ path, message }) => `--${path.join('.').replaceAll('_', '-')}: ${message}`,
  );
  throw new BadArgument(faults.join('\n'));
}
