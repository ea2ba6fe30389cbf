import type { IncomingMessage, ServerResponse } from 'node:http';

/** How a server has a file, and what goes wrong while it sends it. */
export type RangedFile = {
  bytes: Buffer;
  etag?: string;
  lastModified?: string;
  /** The connection breaks after so many bytes of this answer; by the number of the request, from 0. */
  breaksAfter?: (request: number) => number | null;
  /** Answers a Range with the whole file, as many servers do. */
  ignoresRange?: boolean;
};

/** Serves a file as RFC 9110 §14 has it: Range, If-Range, 416. */
export function serveRanged(file: RangedFile): (request: IncomingMessage, response: ServerResponse) => void {
  let requests = 0;
  return (request, response) => {
    const breakAfter = file.breaksAfter?.(requests) ?? null;
    requests += 1;
    const names = {
      ...(file.etag && { etag: file.etag }),
      ...(file.lastModified && { 'last-modified': file.lastModified }),
      'accept-ranges': 'bytes',
    };
    const wanted = /^bytes=(\d+)-$/.exec(request.headers.range ?? '');
    const condition = request.headers['if-range'];
    const holds = condition === undefined || condition === file.etag || condition === file.lastModified;
    const start = wanted && holds && !file.ignoresRange ? Number(wanted[1]) : null;
    const { length } = file.bytes;
    if (start !== null && start >= length) {
      response.writeHead(416, { 'content-range': `bytes */${length}` }).end();
      return;
    }
    const body = file.bytes.subarray(start ?? 0);
    const range = start === null ? {} : { 'content-range': `bytes ${start}-${length - 1}/${length}` };
    response.writeHead(start === null ? 200 : 206, { ...names, ...range, 'content-length': body.length });
    if (breakAfter === null) response.end(body);
    else response.write(body.subarray(0, breakAfter), () => setTimeout(() => request.socket.destroy(), 200));
  };
}
