import { availableParallelism } from 'node:os';
import type { Config } from './config.ts';

/** Recognition uses one thread each (more hurt small models), so one per core. */
export function transcribeWorkers(config: Config): number {
  return config.ARIA_TRANSCRIBE_WORKERS ?? availableParallelism();
}
