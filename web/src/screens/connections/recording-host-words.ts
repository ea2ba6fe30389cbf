import type { RecordingAuthKind } from '../../../../src/domain/recording-host.ts';

/** How a credential is sent, in words. */
export const authWords: Record<RecordingAuthKind, string> = {
  bearer: 'bearer token',
  basic: 'user and password',
  query: 'parameter',
  header: 'header',
};
