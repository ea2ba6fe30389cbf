import { UserError } from '../../lib/user-error.ts';

/** The last lines are what ended the program. */
const mostLines = 6;

/**
 * Why a program of PostgreSQL failed, and what to do.
 * @param what it could not, e.g. `start`
 * @param text what it printed and logged: of that only what is said of the fault, since logs hold statements too
 */
export function explainServer(what: string, text: string, log: string): UserError {
  const lines = text.split('\n').filter((line) => /\b(FATAL|PANIC|HINT|hint): |^initdb: error: /.test(line));
  return new UserError(
    [`The embedded PostgreSQL could not ${what}. ${adviceFor(text, log)}`, ...lines.slice(-mostLines)].join(
      '\n',
    ),
  );
}

function adviceFor(text: string, log: string): string {
  if (/No space left on device/i.test(text))
    return 'The disk is full: free some space and start again; nothing that was acknowledged is lost.';
  if (/Permission denied/i.test(text))
    return 'The data folder cannot be used by this user: check its owner, or point ARIA_DATA_DIR elsewhere.';
  return `See ${log}.`;
}
