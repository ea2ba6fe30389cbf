import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Resolve } from '../../src/lib/safe-fetch-dial.ts';

/**
 * A real DNS server (RFC 1035 over UDP) on the loopback address that answers each further question about a name
 * with the next of its answers, and the last one for ever; no answer may be kept (TTL 0).
 */
export async function nameServer(
  answers: Record<string, string[][]>,
): Promise<{ resolve: Resolve; asked: (name: string) => number }> {
  const questions = new Map<string, number>();
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    const { name, type, end } = readQuestion(question);
    const asked = questions.get(name) ?? 0;
    const rounds = answers[name] ?? [];
    const addresses = rounds[Math.min(asked, rounds.length - 1)] ?? [];
    // one look-up asks for both families: A (1), then AAAA (28)
    if (type === 28) questions.set(name, asked + 1);
    const fitting = addresses.filter((address) => isIPv6(address) === (type === 28));
    socket.send(answer(question.subarray(0, end), type, fitting), from.port, from.address);
  });
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
  onTestFinished(() => new Promise<void>((done) => socket.close(() => done())));

  const resolver = new Resolver({ timeout: 1_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${socket.address().port}`]);
  return {
    asked: (name) => questions.get(name) ?? 0,
    resolve: async (hostname) => {
      const v4 = await resolver.resolve4(hostname).catch(() => []);
      const v6 = await resolver.resolve6(hostname).catch(() => []);
      return [
        ...v4.map((address) => ({ address, family: 4 })),
        ...v6.map((address) => ({ address, family: 6 })),
      ];
    },
  };
}

function readQuestion(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at]!; length > 0; length = message[at]!) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function answer(question: Buffer, type: number, addresses: string[]): Buffer {
  const header = Buffer.from(question);
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(addresses.length, 6);
  header.writeUInt16BE(0, 8);
  header.writeUInt16BE(0, 10);
  const records = addresses.map((address) => {
    const data = type === 28 ? bytesOfV6(address) : Buffer.from(address.split('.').map(Number));
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(type, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([record, data]);
  });
  return Buffer.concat([header, ...records]);
}

function bytesOfV6(address: string): Buffer {
  const [head = '', tail = ''] = address.split('::');
  const groups = (text: string) =>
    text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
  const [first, last] = [groups(head), groups(tail)];
  const all = [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 255]));
}
