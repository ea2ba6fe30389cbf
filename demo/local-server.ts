import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of the demo, on a free port of this machine. */
export type LocalServer = { host: string; port: number; url: string; close: () => Promise<void> };

/** Lets a server listen on a free loopback port. */
export async function listen(server: Server): Promise<LocalServer> {
  const host = '127.0.0.1';
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host,
    port,
    url: `http://${host}:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
