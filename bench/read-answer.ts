/** The status of an HTTP/1.1 answer once it is there to its end, else null. Knows lengths, chunks and empty answers. */
export function readAnswer(received: string): number | null {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const status = Number(received.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(received.slice(0, headEnd))?.[1];
  if (length !== undefined) return received.length >= headEnd + 4 + Number(length) ? status : null;
  return status === 204 || received.endsWith('\r\n0\r\n\r\n') ? status : null;
}
