import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

export type ReceivedMail = { from: string; to: string[]; data: string };

export type MailServer = {
  url: string;
  mails: ReceivedMail[];
  /** Answers to `RCPT TO`, one each, in turn; 250 when there are none left. */
  answers: string[];
  /** Set it, and what was taken in is not confirmed. */
  silence: { on: boolean };
  close: () => Promise<void>;
};

/** A mail server that speaks as much of SMTP (RFC 5321) as a client needs, and keeps what it gets. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const answers: string[] = [];
  const silence = { on: false };
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    converse(socket, { mails, answers, silence });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    answers,
    silence,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

type Kept = Pick<MailServer, 'mails' | 'answers' | 'silence'>;

function converse(socket: Socket, { mails, answers, silence }: Kept): void {
  let text = '';
  let mail: ReceivedMail = { from: '', to: [], data: '' };
  let inData = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  say('220 mail.test ESMTP');
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
    for (;;) {
      const mark = inData ? '\r\n.\r\n' : '\r\n';
      const end = text.indexOf(mark);
      if (end < 0) return;
      const line = text.slice(0, end);
      text = text.slice(end + mark.length);
      if (inData) {
        mails.push({ ...mail, data: line.replaceAll('\r\n..', '\r\n.') });
        mail = { from: '', to: [], data: '' };
        inData = false;
        if (!silence.on) say('250 kept');
      } else answer(line);
    }
  });

  function answer(line: string): void {
    const command = line.slice(0, 4).toUpperCase();
    if (command === 'MAIL') mail.from = /<(.*)>/.exec(line)?.[1] ?? '';
    if (command === 'RCPT') {
      const given = answers.shift() ?? '250 ok';
      if (given.startsWith('2')) mail.to.push(/<(.*)>/.exec(line)?.[1] ?? '');
      say(given);
    } else if (command === 'DATA') {
      inData = true;
      say('354 go on');
    } else if (command === 'QUIT') {
      say('221 bye');
      socket.end();
    } else say('250 ok');
  }
}
