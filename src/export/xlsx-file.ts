import { Zip, ZipDeflate } from 'fflate';
import type { ExportCell, ExportColumn, ExportRows } from './export-column.ts';
import { createLocalClock } from './local-clock.ts';

/** What Excel holds: 1,048,576 rows a sheet, the heading included. */
const rowsPerSheet = 1_048_575;
const longestText = 32_767;
const level = 3;
const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * A workbook, written as its rows come (ECMA-376, with inline strings: a text is never taken for a formula). Beyond
 * what a sheet holds, further sheets follow; where columns are figures, the last sheet says what they count.
 */
export async function* xlsxFile(
  { columns, batches }: ExportRows,
  timeZone: string,
): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    pieces.push(piece);
  });
  const encoder = new TextEncoder();
  const clock = createLocalClock(timeZone);
  const write = columns.map((column) => cellWriter(column, clock.offsetAt));
  const letters = columns.map((_, i) => columnLetters(i));
  let sheets = 0;
  let rowsInSheet = 0;
  let sheet = openSheet();

  function openSheet(): ZipDeflate {
    sheets += 1;
    rowsInSheet = 0;
    const file = new ZipDeflate(`xl/worksheets/sheet${sheets}.xml`, { level });
    zip.add(file);
    const head = columns.map(({ heading }, i) => textCell(`${letters[i]}1`, heading, 1)).join('');
    const frozen =
      '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
    file.push(
      encoder.encode(
        `${declaration}<worksheet xmlns="${namespace}">${frozen}<sheetData><row r="1">${head}</row>`,
      ),
    );
    return file;
  }
  const closeSheet = () => sheet.push(encoder.encode('</sheetData></worksheet>'), true);

  for await (const rows of batches) {
    let text = '';
    for (const row of rows) {
      if (rowsInSheet === rowsPerSheet) {
        sheet.push(encoder.encode(text));
        text = '';
        closeSheet();
        sheet = openSheet();
      }
      rowsInSheet += 1;
      const number = rowsInSheet + 1;
      text += `<row r="${number}">`;
      for (let i = 0; i < write.length; i++) {
        const cell = row[i] ?? null;
        if (cell !== null) text += write[i]!(letters[i]! + number, cell);
      }
      text += '</row>';
    }
    sheet.push(encoder.encode(text));
    yield* pieces.splice(0);
  }
  closeSheet();
  const defined = columns.flatMap(({ heading, definition }) =>
    definition ? [[heading, definition] as const] : [],
  );
  if (defined.length > 0) {
    const page = new ZipDeflate(`xl/worksheets/sheet${sheets + 1}.xml`, { level });
    zip.add(page);
    page.push(encoder.encode(definitionSheet(defined)), true);
  }
  const names = sheetNames(sheets, defined.length > 0);
  for (const [name, content] of workbookParts(names)) {
    const part = new ZipDeflate(name, { level });
    zip.add(part);
    part.push(encoder.encode(declaration + content), true);
  }
  zip.end();
  yield* pieces.splice(0);
}

type CellWriter = (address: string, cell: Exclude<ExportCell, null>) => string;

function cellWriter({ kind }: ExportColumn, offsetAt: (epochMs: number) => number): CellWriter {
  switch (kind) {
    case 'instant':
      return (at, cell) =>
        `<c r="${at}" s="2"><v>${dateSerial(Number(cell), offsetAt(Number(cell)))}</v></c>`;
    case 'number':
    case 'money':
      return (at, cell) => `<c r="${at}"><v>${String(cell)}</v></c>`;
    case 'boolean':
      return (at, cell) => `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
    default:
      return (at, cell) => textCell(at, String(cell), 0);
  }
}

/** 0 → A, 25 → Z, 26 → AA. */
function columnLetters(index: number): string {
  const rest = String.fromCharCode(65 + (index % 26));
  return index < 26 ? rest : columnLetters(Math.floor(index / 26) - 1) + rest;
}

/** Days since 1899-12-30 on the clocks of the zone, as Excel counts. */
function dateSerial(epochMs: number, offsetMinutes: number): number {
  return (epochMs + offsetMinutes * 60_000) / 86_400_000 + 25_569;
}

function textCell(address: string, text: string, style: number): string {
  const kept = text.length > longestText ? text.slice(0, longestText) : text;
  return `<c r="${address}" t="inlineStr"${style ? ` s="${style}"` : ''}><is><t xml:space="preserve">${escapeXml(kept)}</t></is></c>`;
}

const needsEscape = /[&<>\p{Cc}\p{Cs}\ufffe\uffff]/u;
// what XML 1.0 cannot hold, not even escaped
const impossible = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

function escapeXml(text: string): string {
  if (!needsEscape.test(text)) return text;
  return text
    .replaceAll(impossible, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** What the columns count, on a sheet of its own behind the rows. */
function definitionSheet(defined: (readonly [heading: string, definition: string])[]): string {
  const rows = [['Column', 'Definition'] as const, ...defined].map(
    (cells, i) =>
      `<row r="${i + 1}">${cells.map((text, n) => textCell(`${columnLetters(n)}${i + 1}`, text, i === 0 ? 1 : 0)).join('')}</row>`,
  );
  return `${declaration}<worksheet xmlns="${namespace}"><cols><col min="1" max="1" width="40" customWidth="1"/><col min="2" max="2" width="120" customWidth="1"/></cols><sheetData>${rows.join('')}</sheetData></worksheet>`;
}

function sheetNames(sheets: number, defined: boolean): string[] {
  const names = Array.from({ length: sheets }, (_, i) => (i === 0 ? 'Aria' : `Aria ${i + 1}`));
  return defined ? [...names, 'Definitions'] : names;
}

function workbookParts(names: string[]): [name: string, content: string][] {
  const numbers = names.map((_, i) => i + 1);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return [
    [
      'xl/workbook.xml',
      `<workbook xmlns="${namespace}" xmlns:r="${relations}"><sheets>${numbers
        .map((n) => `<sheet name="${names[n - 1]}" sheetId="${n}" r:id="rId${n}"/>`)
        .join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${packaged}/relationships">${numbers
        .map(
          (n) =>
            `<Relationship Id="rId${n}" Type="${relations}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
        )
        .join(
          '',
        )}<Relationship Id="rId${names.length + 1}" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      'xl/styles.xml',
      `<styleSheet xmlns="${namespace}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>${numbers
        .map((n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${type}.worksheet+xml"/>`)
        .join('')}</Types>`,
    ],
  ];
}
