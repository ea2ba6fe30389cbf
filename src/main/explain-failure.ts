import { EmailTaken } from '../http/users.ts';
import { NameTaken } from '../receive/connection-store.ts';
import { InvalidQuery } from '../report/invalid-query.ts';
import { ModelError } from '../transcribe/models/model-error.ts';
import { BadArgument } from './commands/bad-argument.ts';
import { BadConfig } from './config.ts';
import { FolderTaken } from './store.ts';

/** Why a command failed, for whoever typed it; the stack only where the fault is ours. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const forPeople = [BadConfig, FolderTaken, NameTaken, InvalidQuery, BadArgument, EmailTaken, ModelError];
  if (forPeople.some((kind) => error instanceof kind)) return error.message;
  const { code, address, port } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${address} is taken. Stop what listens there, or choose another: ARIA_PORT=4041 npm start`;
  }
  if (code === 'EACCES' && port)
    return `Port ${port} may not be opened by this user. Choose one above 1023 with ARIA_PORT.`;
  if (code === 'ENOSPC') return `The disk is full: ${error.message}. Free some space and start again.`;
  if (code === 'ECONNREFUSED' || code === '28P01' || code === '3D000') {
    return `The database cannot be used: ${error.message}. Check DATABASE_URL.`;
  }
  // the embedded server explains itself in its message
  if (error.message.startsWith('The embedded PostgreSQL')) return error.message;
  return error.stack ?? error.message;
}
