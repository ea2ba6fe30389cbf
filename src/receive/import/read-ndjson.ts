import { parseJson } from '../parse-json.ts';
import { type FileRow, maxRowLength } from './file-row.ts';

/** The rows of a file with one JSON object a line. A line that is none is an error of its own; the rest goes on. */
export async function* readNdjson(text: AsyncIterable<string>): AsyncGenerator<FileRow> {
  let number = 0;
  for await (const { content, line } of linesOf(text)) {
    if (content?.trim() === '') continue;
    number++;
    yield readLine(content, { number, line });
  }
}

function readLine(content: string | null, place: { number: number; line: number }): FileRow {
  if (content === null) return { ...place, reason: 'The line is longer than 1 MiB.' };
  const parsed = parseJson(content);
  if ('unreadable' in parsed) return { ...place, reason: parsed.unreadable.detail };
  const { value } = parsed;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ...place, reason: 'The line is no JSON object.' };
  }
  return { ...place, data: value };
}

/** Lines as they end in LF or CRLF; null for one that is too long to be kept in memory. */
async function* linesOf(
  text: AsyncIterable<string>,
): AsyncGenerator<{ content: string | null; line: number }> {
  let rest = '';
  let tooLong = false;
  let line = 0;
  for await (const chunk of text) {
    const pieces = (rest + chunk).split('\n');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      yield { content: tooLong || piece.length > maxRowLength ? null : piece, line: ++line };
      tooLong = false;
    }
    if (rest.length > maxRowLength) {
      tooLong = true;
      rest = '';
    }
  }
  if (rest !== '' || tooLong) yield { content: tooLong ? null : rest, line: line + 1 };
}
