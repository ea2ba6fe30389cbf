import type { EngineName } from '../../domain/engine.ts';
import type { Transcribe } from '../transcriber.ts';

/** An engine that is set up. */
export type Engine = {
  name: EngineName;
  /** Changes whenever its settings do (key, address, model), and tells none of them. */
  settings: string;
  transcribe: Transcribe;
};
