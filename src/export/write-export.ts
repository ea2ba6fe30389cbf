import { csvFile } from './csv-file.ts';
import type { ExportFormat, ExportRows } from './export-column.ts';
import { parquetFile } from './parquet-file.ts';
import { xlsxFile } from './xlsx-file.ts';

/** The bytes of an export, as its rows come. @param timeZone of the instants in CSV and XLSX; Parquet holds UTC */
export function writeExport(
  format: ExportFormat,
  rows: ExportRows,
  timeZone: string,
): AsyncGenerator<Uint8Array> {
  switch (format) {
    case 'csv':
      return csvFile(rows, timeZone);
    case 'xlsx':
      return xlsxFile(rows, timeZone);
    case 'parquet':
      return parquetFile(rows);
  }
}
