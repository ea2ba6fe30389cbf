/** How a server of recordings wants to be asked: `Authorization: Bearer`, user and password, a parameter, a header. */
export const recordingAuthKinds = ['bearer', 'basic', 'query', 'header'] as const;
export type RecordingAuthKind = (typeof recordingAuthKinds)[number];

/** A credential for a server of recordings. It is a secret: stored sealed, sent to its host, shown to nobody. */
export type RecordingAuth =
  | { kind: 'bearer'; token: string }
  | { kind: 'basic'; user: string; password: string }
  | { kind: 'query'; name: string; value: string }
  | { kind: 'header'; name: string; value: string };

/** Whose certificates are believed: the system's authorities, one of the operator's own, or any at all. */
export const recordingTlsModes = ['system', 'own-ca', 'insecure'] as const;
export type RecordingTls = { mode: 'system' } | { mode: 'own-ca'; ca: string } | { mode: 'insecure' };
