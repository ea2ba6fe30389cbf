import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { DemoFault } from './demo-fault.ts';

/**
 * The port for Aria: the wished one, else, unless somebody insists on it, any free one.
 * @throws DemoFault when the insisted one is taken or may not be used
 */
export async function choosePort(wished: number, insisted: boolean): Promise<number> {
  const found = await tryPort(wished);
  if (typeof found === 'number') return found;
  if (insisted)
    throw new DemoFault(
      `Port ${wished} cannot be used (${found.code}). Set ARIA_PORT to another one, or leave it out.`,
    );
  const other = await tryPort(0);
  if (typeof other === 'number') return other;
  throw new DemoFault(`No port is free (${other.code}).`);
}

async function tryPort(port: number): Promise<number | NodeJS.ErrnoException> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
  const chosen = (server.address() as AddressInfo).port;
  server.close();
  await once(server, 'close');
  return chosen;
}
