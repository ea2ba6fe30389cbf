import { zstdCompressSync } from 'node:zlib';
import { ByteWriter, type ColumnSource, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { ExportCell, ExportColumn, ExportRows } from './export-column.ts';

/** Rows a group: enough to compress well, few enough to hold in memory. */
const groupRows = 10_000;
/** Money is DECIMAL(18, 6): exact, up to a trillion. */
const moneyScale = 6;
const moneyPrecision = 18;

/**
 * Apache Parquet, compressed by Zstandard, one row group after the other. Instants are UTC timestamps, money exact
 * decimals; columns are named by their ids, which queries like better than headings.
 * What figures count is in the file's metadata, `aria.definitions`: a JSON object from column to definition.
 */
export async function* parquetFile({ columns, batches }: ExportRows): AsyncGenerator<Uint8Array> {
  const writer = new ByteWriter(1 << 20);
  const schema: SchemaElement[] = [{ name: 'root', num_children: columns.length }, ...columns.map(toSchema)];
  const defined = columns.flatMap(({ id, definition }) => (definition ? [[id, definition] as const] : []));
  const parquet = new ParquetWriter({
    writer,
    kvMetadata: [{ key: 'aria.definitions', value: JSON.stringify(Object.fromEntries(defined)) }],
    schema,
    codec: 'ZSTD',
    compressors: { ZSTD: (input) => zstdCompressSync(input) },
  });
  let waiting: ExportCell[][] = [];
  for await (const rows of batches) {
    waiting.push(...rows);
    if (waiting.length < groupRows) continue;
    writeGroup(parquet, columns, waiting);
    waiting = [];
    yield take(writer);
  }
  // also where there are no rows: their columns are told
  if (waiting.length > 0) writeGroup(parquet, columns, waiting);
  parquet.finish();
  yield take(writer);
}

function writeGroup(parquet: ParquetWriter, columns: ExportColumn[], rows: ExportCell[][]): void {
  const columnData: ColumnSource[] = columns.map(({ id, kind }, i) => ({
    name: id,
    data: rows.map((row) => toValue(kind, row[i] ?? null)),
  }));
  void parquet.write({ columnData, rowGroupSize: rows.length });
}

/** What the writer holds so far; it goes on with an empty buffer. */
function take(writer: ByteWriter): Uint8Array {
  const bytes = writer.getBytes().slice();
  writer.index = 0;
  return bytes;
}

function toSchema({ id, kind }: ExportColumn): SchemaElement {
  const base = { name: id, repetition_type: 'OPTIONAL' } as const;
  switch (kind) {
    case 'money':
      return {
        ...base,
        type: 'INT64',
        converted_type: 'DECIMAL',
        scale: moneyScale,
        precision: moneyPrecision,
      };
    case 'number':
      return { ...base, type: 'DOUBLE' };
    case 'boolean':
      return { ...base, type: 'BOOLEAN' };
    case 'instant':
      return {
        ...base,
        type: 'INT64',
        converted_type: 'TIMESTAMP_MILLIS',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
      };
    default:
      return { ...base, type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
  }
}

function toValue(kind: ExportColumn['kind'], cell: ExportCell): unknown {
  if (cell === null) return null;
  switch (kind) {
    case 'money':
      return toScaled(String(cell));
    case 'number':
      return Number(cell);
    case 'boolean':
      return Boolean(cell);
    case 'instant':
      return BigInt(Math.trunc(Number(cell)));
    default:
      return String(cell);
  }
}

/** `12.5` → 12500000n, without a float in between. */
function toScaled(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.slice(0, moneyScale).padEnd(moneyScale, '0'));
}
