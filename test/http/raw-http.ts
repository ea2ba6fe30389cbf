import { connect, type Socket } from 'node:net';

/** A connection on which a test says what no well-behaved client would. */
export type RawConnection = {
  socket: Socket;
  write: (bytes: string | Buffer) => void;
  /** Waits for the next whole answer. @throws Error when the connection closes first */
  answer: () => Promise<RawAnswer>;
  /** Resolves when the server has closed. */
  closed: Promise<void>;
};

export type RawAnswer = { status: number; headers: Record<string, string>; body: string };

export async function openRaw(url: string): Promise<RawConnection> {
  const { port, hostname } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  let received = '';
  let ended = false;
  let news = Promise.withResolvers<void>();
  const tell = () => {
    news.resolve();
    news = Promise.withResolvers();
  };
  socket.on('data', (bytes) => {
    received += bytes.toString('latin1');
    tell();
  });
  const closed = new Promise<void>((resolve) => {
    const end = () => {
      ended = true;
      tell();
      socket.destroy();
      resolve();
    };
    socket.on('end', end).on('close', end).on('error', end);
  });
  await new Promise((resolve) => socket.once('connect', resolve));
  return {
    socket,
    closed,
    write: (bytes) => {
      socket.write(bytes);
    },
    async answer() {
      for (;;) {
        const whole = takeAnswer(received);
        if (whole) {
          received = whole.rest;
          return whole.answer;
        }
        if (ended) throw new Error(`The server closed without an answer. It had sent: ${received}`);
        await news.promise;
      }
    },
  };
}

function takeAnswer(text: string): { answer: RawAnswer; rest: string } | null {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const length = Number(headers['content-length'] ?? 0);
  const body = text.slice(end + 4, end + 4 + length);
  if (body.length < length) return null;
  return {
    answer: { status: Number(first.split(' ')[1]), headers, body },
    rest: text.slice(end + 4 + length),
  };
}
