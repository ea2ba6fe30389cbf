import { UserError } from '../lib/user-error.ts';

/** SQLSTATE and system codes of a database that cannot be reached or entered. */
const advice: Record<string, string> = {
  '28000': 'Check the user of DATABASE_URL, and that the server lets him in (pg_hba.conf).',
  '28P01': 'Check user and password of DATABASE_URL.',
  '3D000': 'Create the database, or check its name at the end of DATABASE_URL.',
  '42501': 'The user of DATABASE_URL must own its database, or be allowed to make tables in it.',
  '53100': 'The disk is full: free some space and start again; nothing that was acknowledged is lost.',
  '53300': 'The server has no session left: raise its max_connections.',
  ECONNREFUSED: 'Check host and port of DATABASE_URL, and that the server runs.',
  ECONNRESET: 'Check host and port of DATABASE_URL, and that a PostgreSQL runs there.',
  ENOENT: 'Check the socket folder of DATABASE_URL, and that the server runs.',
  ENOTFOUND: 'Check the host of DATABASE_URL.',
  EAI_AGAIN: 'Check the host of DATABASE_URL, and that names can be resolved.',
  ETIMEDOUT: 'Check host and port of DATABASE_URL, and that no firewall is between.',
  EHOSTUNREACH: 'Check the host of DATABASE_URL, and the network.',
  ENETUNREACH: 'Check the host of DATABASE_URL, and the network.',
  ERR_INVALID_URL: 'DATABASE_URL cannot be read: percent-encode special characters of the password.',
};

/** Why the database cannot be used, for the operator; null for anything else. */
export function explainDatabase(error: unknown): UserError | null {
  const { code, message, errors } = error as { code?: string; message?: string; errors?: Error[] };
  const hint = advice[code ?? ''] ?? wordsOnly(message ?? '');
  if (!hint) return null;
  // a name with several addresses gives one error for each, and no message of its own
  const why = message || errors?.map((one) => one.message).join('; ') || code;
  return new UserError(`The database cannot be used: ${why}. ${hint}`, { cause: error });
}

/** Faults to which pg gives no code. */
function wordsOnly(message: string): string | null {
  if (/timeout exceeded when trying to connect|Connection terminated/i.test(message))
    return advice.ETIMEDOUT!;
  return /SSL|certificate|password must be a string/i.test(message)
    ? 'Check user, password and sslmode of DATABASE_URL.'
    : null;
}
