import type { Warning } from '../domain/event.ts';
import { decodeText, readContentType } from './decode-text.ts';
import { parseForm } from './parse-form.ts';
import { parseJson } from './parse-json.ts';
import { type Line, parseLines } from './parse-lines.ts';
import { parseMultipart } from './parse-multipart.ts';
import { type Unreadable, unreadable } from './unreadable.ts';

/** What a body holds, not yet taken apart: an object, a list, the lines of NDJSON, or why none of them. */
export type ParsedBody =
  | { value: unknown; warnings: Warning[] }
  | { lines: Line[]; warnings: Warning[] }
  | { unreadable: Unreadable };

const looksLikeForm = /^\s*[^\s={}"'<>&]{1,200}=/;
const looksLikeJsonOrForm = /^(?:\xef\xbb\xbf)?\s*(?:[{[]|[A-Za-z_][\w.-]{0,199}=)/;
/** The media types under which one JSON text a line is sent. */
const ndjson = /^[\w.-]+\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-lines|ldjson)$/;
/**
 * A whole form or JSON text that was URL-encoded once too often: no `=`, `{` or `[` of its own, but encoded ones. JSON handed
 * to what writes forms becomes the name of a field without a value, with a `=` at its end.
 */
const looksEncodedTwice = /^\s*(?:%7B|%5B|[\w.~+-]{1,200}%3D)[^\s={}[\]"&]*$|^\s*%[57]B%22[^\s={}[\]"&]*=$/i;

function asBody(form: ReturnType<typeof parseForm>): ParsedBody {
  return 'unreadable' in form ? form : { value: form.data, warnings: form.warnings };
}

const encodedTwice: Warning = {
  field: 'body',
  code: 'double_encoded',
  message: 'The whole body was URL-encoded once too often; it was decoded once more.',
};

/** @returns null where the escapes are no text */
function decodeOnce(text: string): string | null {
  try {
    return decodeURIComponent(text.trim().replaceAll('+', ' ').replace(/=$/, ''));
  } catch {
    return null;
  }
}

/** Believes the bytes first and the header second: senders mislabel their bodies. */
export function parseBody(body: Buffer, contentType: string): ParsedBody {
  const { media, charset } = readContentType(contentType);
  // a part begins with two dashes; JSON or a plain form under this header is read as what it is
  if (media === 'multipart/form-data' && !looksLikeJsonOrForm.test(body.toString('latin1', 0, 300))) {
    return asBody(parseMultipart(body, contentType));
  }
  const { text, warnings } = decodeText(body, contentType);
  const parsed = parseText(text, media, charset);
  if (!('unreadable' in parsed) && warnings.length > 0) parsed.warnings.unshift(...warnings);
  return parsed;
}

function parseText(text: string, media: string, charset: string | null): ParsedBody {
  const decoded = looksEncodedTwice.test(text) ? decodeOnce(text) : null;
  if (decoded !== null) {
    const parsed = parseText(decoded, media, charset);
    if (!('unreadable' in parsed)) parsed.warnings.push(encodedTwice);
    return parsed;
  }
  const first = /\S/.exec(text)?.[0];
  if (first === '<') {
    return unreadable(415, 'xml_unsupported', 'The body is XML or HTML. Send JSON or a form instead.');
  }
  const saysJson = media === 'application/json' || media.endsWith('+json');
  const lines = first === '{' ? parseLines(text, ndjson.test(media)) : null;
  if (lines !== null) return 'unreadable' in lines ? lines : { lines, warnings: [] };
  if (first === '{' || first === '[') return parseJson(text);
  if (looksLikeForm.test(text) || (media === 'application/x-www-form-urlencoded' && text.includes('='))) {
    const form = asBody(parseForm(text.trim(), charset));
    if (saysJson && !('unreadable' in form)) {
      form.warnings.push({
        field: 'body',
        code: 'content_type_mismatch',
        message: 'The header says JSON but the body is a form; it was read as a form.',
      });
    }
    return form;
  }
  const json = parseJson(text);
  if ('unreadable' in json) {
    if (saysJson || json.unreadable.code !== 'malformed_json') return json;
    return unreadable(
      415,
      'unsupported_body',
      'The body is neither JSON nor a form (name=value&name=value).',
    );
  }
  if (typeof json.value !== 'string') {
    return unreadable(422, 'not_an_object', 'The JSON is a single value, not an object with fields.');
  }
  const inner = json.value.trim();
  const again = inner.startsWith('{') || inner.startsWith('[') ? parseJson(inner) : null;
  if (!again) return unreadable(422, 'not_an_object', 'The JSON is one string, not an object with fields.');
  if (!('unreadable' in again)) {
    again.warnings.push({
      field: 'body',
      code: 'double_encoded',
      message: 'The body was JSON inside a JSON string; it was parsed once more.',
    });
  }
  return again;
}
