import { UserError } from '../lib/user-error.ts';
import { InvalidQuery } from '../report/invalid-query.ts';

type SystemError = NodeJS.ErrnoException & { address?: string; port?: number; hostname?: string };

/** Why a command failed, for whoever typed it; the stack only where the fault is ours. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // reports know nothing of lib
  if (error instanceof UserError || error instanceof InvalidQuery) return error.message;
  return explainListening(error) ?? explainFile(error) ?? error.stack ?? error.message;
}

function explainListening({ code, syscall, address, port, hostname }: SystemError): string | null {
  if (syscall === 'getaddrinfo') return `There is no host ${hostname}. Check ARIA_HOST.`;
  if (syscall !== 'listen') return null;
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${address} is taken. Stop what listens there, or choose another: ARIA_PORT=4041 npm start`;
  if (code === 'EADDRNOTAVAIL')
    return `${address} is no address of this machine. Set ARIA_HOST to one that is, or to 0.0.0.0 for all.`;
  return code === 'EACCES'
    ? `Port ${port} may not be opened by this user. Choose one above 1023 with ARIA_PORT.`
    : null;
}

function explainFile({ code, path, message }: SystemError): string | null {
  if (code === 'ENOSPC') return `The disk is full: ${message}. Free some space and start again.`;
  if (!path) return null;
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return `${path} cannot be made: a file is where a folder should be. Move it, or point ARIA_DATA_DIR elsewhere.`;
  if (code === 'EROFS')
    return `${path} cannot be written: its disk is read-only. Point ARIA_DATA_DIR elsewhere.`;
  return code === 'EACCES' || code === 'EPERM'
    ? `${path} may not be used by this user. Check its owner and mode, or point ARIA_DATA_DIR elsewhere.`
    : null;
}
