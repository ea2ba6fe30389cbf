import busboy from 'busboy';
import type { Warning } from '../domain/event.ts';
import { limits } from './limits.ts';
import { collectPairs, type ParsedForm } from './parse-form.ts';
import { unreadable } from './unreadable.ts';

/**
 * Parses multipart/form-data. Files are ignored with a warning. The body is whole in memory, so busboy emits
 * every field during `end()`; the closing boundary is looked for here, since busboy tells of its lack too late.
 */
export function parseMultipart(body: Buffer, contentType: string): ParsedForm {
  const warnings: Warning[] = [];
  const pairs: { name: string; value: string; raw: string }[] = [];
  let fault: string | null = null;
  try {
    const parser = busboy({
      headers: { 'content-type': contentType },
      fileHwm: 2 * limits.bodyBytes,
      limits: { fieldSize: limits.bodyBytes + 1, fieldNameSize: 1_000, parts: limits.fields + 2 },
    });
    parser.on('error', (error: Error) => {
      fault ??= error.message;
    });
    parser.on('field', (name, value) => pairs.push({ name: name.trim(), value, raw: value }));
    parser.on('file', (name, file) => {
      file.on('error', () => undefined);
      file.resume();
      warnings.push({ field: name.slice(0, 100), code: 'file_ignored', message: 'A file part was ignored.' });
    });
    parser.on('partsLimit', () => {
      fault ??= 'too many parts';
    });
    parser.end(body);
  } catch (error) {
    fault ??= error instanceof Error ? error.message : 'unknown fault';
  }
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const closing = `--${boundary?.[1] ?? boundary?.[2] ?? ''}--`;
  if (fault === null && body.lastIndexOf(closing) === -1) fault = 'the closing boundary is missing';
  if (pairs.length > limits.fields) {
    return unreadable(413, 'too_many_fields', `More than ${limits.fields} fields were sent.`);
  }
  if (fault !== null)
    return unreadable(400, 'malformed_multipart', `The multipart body cannot be read: ${fault}.`);
  return collectPairs(
    pairs.filter((pair) => pair.name !== ''),
    warnings,
  );
}
