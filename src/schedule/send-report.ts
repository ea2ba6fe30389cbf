import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '../db/database.ts';
import { Failure } from '../domain/failure.ts';
import { type ExportFormat, exportTypes } from '../export/export-column.ts';
import { openExport, type ReportSettings } from '../export/open-export.ts';
import { writeExport } from '../export/write-export.ts';
import type { SafeFetch } from '../lib/safe-fetch.ts';
import { InvalidQuery } from '../report/invalid-query.ts';
import { fromFirst } from '../report/period.ts';
import type { DueRun } from './due-runs.ts';
import { postReport } from './post-report.ts';
import { resolvePeriod } from './resolve-period.ts';
import { type MailSettings, sendMail } from './send-mail.ts';
import { openWebhookSecret } from './webhook-secret.ts';

export type SendReportDeps = ReportSettings & {
  db: Database;
  safeFetch: SafeFetch;
  mail: MailSettings;
  /** Where files are written before they are sent. */
  folder: string;
  /** How people reach Aria, without a slash at its end. */
  publicUrl: string;
  /** Under which secrets of webhooks are sealed. */
  key: Buffer;
};

/** What most mail servers take. */
const largestFile = 20 * 1024 * 1024;

type File = { name: string; path: string; type: string };

/** Sends a run's report as its schedule says: a link, or the file itself. @throws Failure */
export async function sendReport(run: DueRun, deps: SendReportDeps): Promise<void> {
  if (run.owner_gone)
    throw new Failure('send.owner-gone', 'never', `${run.owner}, whose schedule it is, may no longer send`);
  const query = resolvePeriod(run.query, run.due_at, deps.timeZone);
  const link = `${deps.publicUrl}/saved?${new URLSearchParams({ kind: run.kind, ...query })}`;
  const file = run.content === 'link' ? null : await writeFile(run, run.content, query, deps);
  try {
    if (run.channel === 'email') await mailReport(run, { query, link, file }, deps);
    else await post(run, { query, link, file }, deps);
  } finally {
    if (file) await rm(file.path, { force: true });
  }
}

type Report = { query: Record<string, string>; link: string; file: File | null };

async function mailReport(run: DueRun, { query, link, file }: Report, deps: SendReportDeps): Promise<void> {
  const days = query.to ? `${query.from} to ${query.to}` : query.from === fromFirst ? 'all times' : '';
  await sendMail(deps.mail, {
    id: run.id,
    to: run.recipients,
    subject: `Aria: ${run.name}${days ? ` (${days})` : ''}`,
    text: [
      run.name,
      query.to ? `${days}, days in ${query.time_zone}` : days,
      file ? 'The file is attached. In Aria:' : 'In Aria:',
      link,
    ]
      .filter(Boolean)
      .join('\n'),
    attachment: file,
  });
}

async function post(run: DueRun, { query, link, file }: Report, deps: SendReportDeps): Promise<void> {
  const told = {
    type: 'report.due',
    id: run.id,
    name: run.name,
    due_at: run.due_at.toISOString(),
    query,
    link,
  };
  const body = file ? await readFile(file.path) : JSON.stringify(told);
  const type = file ? file.type : 'application/json';
  const { id, schedule_id: scheduleId, secret_sealed: sealed } = run;
  const secret = sealed === null ? '' : openWebhookSecret(deps.key, scheduleId, sealed);
  await postReport(deps.safeFetch, { id, url: run.url ?? '', secret, type, body }, new Date());
}

async function writeFile(
  run: DueRun,
  format: ExportFormat,
  query: Record<string, string>,
  deps: SendReportDeps,
): Promise<File> {
  const path = join(deps.folder, `${run.id}.${format}`);
  await mkdir(deps.folder, { recursive: true, mode: 0o700 });
  try {
    const rows = await openExport(deps.db, { kind: run.kind, query, columns: null }, deps);
    const bytes = writeExport(format, rows, query.time_zone ?? deps.timeZone);
    await pipeline(Readable.from(bytes), createWriteStream(path, { mode: 0o600 }));
    const { size } = await stat(path);
    if (size > largestFile) {
      const megabytes = Math.round(size / 1_048_576);
      throw new Failure('send.too-large', 'never', `The file has ${megabytes} MB; 20 can be sent`);
    }
    const day = run.due_at.toISOString().slice(0, 10);
    return { name: `${fileName(run.name)}-${day}.${format}`, path, type: exportTypes[format] };
  } catch (error) {
    await rm(path, { force: true });
    if (error instanceof InvalidQuery)
      throw new Failure('send.bad-report', 'never', error.message, { cause: error });
    throw error;
  }
}

function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-').slice(0, 80) || 'report';
}
