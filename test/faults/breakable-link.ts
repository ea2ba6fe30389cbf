import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to PostgreSQL that a test can cut, or clog: bytes then neither pass nor fail. */
export type BreakableLink = {
  /** The database's address by way of the link. */
  url: string;
  cut: () => Promise<void>;
  clog: () => void;
  mend: () => Promise<void>;
};

/** Opens a link to a server that listens on a Unix socket. */
export async function openLink(databaseUrl: string): Promise<BreakableLink> {
  const target = new URL(databaseUrl.replace('@/', '@socket/'));
  const path = `${target.searchParams.get('host')}/.s.PGSQL.5432`;
  const sockets = new Set<Socket>();
  let isClogged = false;
  const server = createServer((from) => {
    const to = connect(path);
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.on('data', (bytes) => other.write(bytes));
      if (isClogged) socket.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://${target.username}:${target.password}@127.0.0.1:${port}${target.pathname}`,
    async cut() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    clog() {
      isClogged = true;
      for (const socket of sockets) socket.pause();
    },
    async mend() {
      isClogged = false;
      for (const socket of sockets) socket.resume();
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
  };
}
