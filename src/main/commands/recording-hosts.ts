import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseEnv } from 'node:util';
import type { Command } from 'commander';
import {
  type RecordingHostBody,
  type RecordingHostChange,
  recordingHostChange,
} from '../../contract/recording-hosts.ts';
import { type RecordingAuthKind, recordingAuthKinds } from '../../domain/recording-host.ts';
import { type HostPattern, readHostPattern } from '../../lib/host-pattern.ts';
import { countCertificates } from '../../lib/read-certificates.ts';
import { composeRecordingHosts, rotateRecordingKey } from '../compose-recording-hosts.ts';
import { findConnection } from '../find-connection.ts';
import { BadArgument } from './bad-argument.ts';
import { countOf } from './count-of.ts';
import { print, withStore } from './with-store.ts';

type HostOptions = { host: string; json?: boolean };
type AuthOptions = HostOptions & { kind: string; name?: string; user?: string; envFile?: string };
type TlsOptions = HostOptions & { ca?: string; insecure?: boolean; systemCa?: boolean };

/** In a file given by --env-file. */
const secretVariable = 'RECORDING_SECRET';
const hostHelp = 'm.example, *.m.example (all below it) or m.example:8443 (one port, which this opens)';

/** What a connection needs to fetch recordings from servers that are not simply open. */
export function addRecordingHostCommands(connection: Command): void {
  const auth = connection
    .command('recording-auth')
    .description('credentials for servers that have the recordings; stored encrypted, never shown again');
  auth
    .command('set <connection>')
    .description(
      'set the credential for a host; the secret is read from standard input, so that no list of processes shows it',
    )
    .requiredOption('--host <host>', hostHelp)
    .requiredOption('--kind <kind>', recordingAuthKinds.join(', '))
    .option('--name <name>', 'of the query parameter or header')
    .option('--user <user>', 'with basic')
    .option('--env-file <file>', `read the secret from the line ${secretVariable}=… of a file instead`)
    .option('--json', 'print one JSON object')
    .action((id: string, options: AuthOptions) => setAuth(id, options));
  addList(auth);
  auth
    .command('remove <connection>')
    .description('forget the credential for a host')
    .requiredOption('--host <host>', hostHelp)
    .option('--json', 'print one JSON object')
    .action((id: string, options: HostOptions) => change(id, options, { auth: null }));
  auth
    .command('rotate-key')
    .description('make a new key for the stored credentials and encrypt them under it')
    .option('--json', 'print one JSON object')
    .action((options: { json?: boolean }) =>
      withStore(async ({ db }) => {
        const credentials = await rotateRecordingKey(db);
        print(options.json, { credentials }, [`${credentials} credentials are encrypted under a new key.`]);
      }),
    );

  const host = connection
    .command('recording-host')
    .description('ports and certificates of servers that have the recordings');
  host
    .command('set <connection>')
    .description('open a port, or say whose certificates are believed')
    .requiredOption('--host <host>', hostHelp)
    .option('--ca <file>', 'certificate authority of your own (PEM), believed in place of the system’s')
    .option('--insecure', 'believe any certificate; every recording from there says so')
    .option('--system-ca', 'believe the authorities of the system, as at first')
    .option('--json', 'print one JSON object')
    .action((id: string, options: TlsOptions) => setTls(id, options));
  addList(host);
  host
    .command('remove <connection>')
    .description('forget a host with its port, certificate and credential')
    .requiredOption('--host <host>', hostHelp)
    .option('--json', 'print one JSON object')
    .action((id: string, options: HostOptions) => remove(id, options));
}

function addList(command: Command): void {
  command
    .command('list <connection>')
    .description('the hosts that something is set for; no secrets')
    .option('--json', 'print JSON')
    .action((id: string, options: { json?: boolean }) =>
      withStore(async ({ db }) => {
        const { id: connectionId } = await findConnection(db, id);
        const items = (await composeRecordingHosts(db, () => undefined).list(connectionId)) ?? [];
        const none = 'Nothing is set: recordings are fetched without credentials.';
        print(options.json, { items }, items.length > 0 ? items.map(describe) : [none]);
      }),
    );
}

async function setAuth(id: string, options: AuthOptions): Promise<void> {
  const kind = recordingAuthKinds.find((known) => known === options.kind);
  if (!kind) throw new BadArgument(`--kind: ${options.kind} is none of ${recordingAuthKinds.join(', ')}.`);
  if ((kind === 'query' || kind === 'header') && !options.name) {
    throw new BadArgument(
      `--name: say which ${kind === 'query' ? 'parameter' : 'header'} carries the secret.`,
    );
  }
  if (kind === 'basic' && options.user === undefined) throw new BadArgument('--user: say who signs in.');
  const secret = await readSecret(options.envFile);
  await change(id, options, { auth: authOf(kind, options, secret) });
}

function authOf(kind: RecordingAuthKind, { name = '', user = '' }: AuthOptions, secret: string) {
  if (kind === 'bearer') return { kind, token: secret };
  if (kind === 'basic') return { kind, user, password: secret };
  return { kind, name, value: secret };
}

async function readSecret(envFile: string | undefined): Promise<string> {
  if (envFile !== undefined) {
    const content = await readFile(envFile, 'utf8').catch(() => {
      throw new BadArgument(`--env-file: ${envFile} cannot be read.`);
    });
    const secret = parseEnv(content)[secretVariable];
    if (!secret) throw new BadArgument(`--env-file: there is no line ${secretVariable}=… in ${envFile}.`);
    return secret;
  }
  if (process.stdin.isTTY) {
    throw new BadArgument(
      'The secret comes on standard input: … | aria connection recording-auth set …, or by --env-file FILE.',
    );
  }
  const secret = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (secret === '') throw new BadArgument('Nothing came on standard input: the secret is read from there.');
  return secret;
}

async function setTls(id: string, options: TlsOptions): Promise<void> {
  const { ca, insecure, systemCa } = options;
  if ([ca !== undefined, insecure, systemCa].filter(Boolean).length > 1) {
    throw new BadArgument('Choose one of --ca, --insecure and --system-ca.');
  }
  if (ca !== undefined) {
    const pem = await readFile(ca, 'utf8').catch(() => {
      throw new BadArgument(`--ca: ${ca} cannot be read.`);
    });
    if (countCertificates(pem) === null) {
      throw new BadArgument(`--ca: ${ca} holds no certificate in PEM form that can be read.`);
    }
    return change(id, options, { tls: { mode: 'own-ca', ca: pem } });
  }
  if (insecure) return change(id, options, { tls: { mode: 'insecure' } });
  return change(id, options, systemCa ? { tls: { mode: 'system' } } : {});
}

function change(id: string, options: HostOptions, wanted: RecordingHostChange): Promise<void> {
  const pattern = readPattern(options.host);
  const parsed = recordingHostChange.safeParse(wanted);
  if (!parsed.success) {
    throw new BadArgument(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'));
  }
  return withStore(async ({ db }) => {
    const { id: connectionId } = await findConnection(db, id);
    const hosts = composeRecordingHosts(db, () => undefined);
    const saved = await hosts.put({ connectionId, pattern }, parsed.data, 'aria command');
    if (!saved) throw new BadArgument(`There is no connection ${id}.`);
    const again =
      saved.rerun > 0 ? [`${countOf(saved.rerun, 'call')} that failed for it: fetched again.`] : [];
    print(options.json, saved, [describe(saved), ...again]);
  });
}

function remove(id: string, options: HostOptions): Promise<void> {
  const pattern = readPattern(options.host);
  return withStore(async ({ db }) => {
    const { id: connectionId } = await findConnection(db, id);
    const removed = await composeRecordingHosts(db, () => undefined).remove(connectionId, pattern);
    if (!removed) throw new BadArgument(`Nothing is set for ${pattern.text}.`);
    print(options.json, { removed }, [`${pattern.text} is forgotten.`]);
  });
}

const tlsWords: Record<RecordingHostBody['tls'], string> = {
  system: '',
  'own-ca': 'own certificate authority',
  insecure: 'CERTIFICATES NOT CHECKED',
};

function describe({ host, auth, tls, changed_at, changed_by }: RecordingHostBody): string {
  const what = [auth ?? 'no credential', tlsWords[tls]].filter(Boolean).join(', ');
  return `${host.padEnd(30)}  ${what}  (changed ${changed_at} by ${changed_by})`;
}

function readPattern(host: string): HostPattern {
  const pattern = readHostPattern(host);
  if (!pattern) throw new BadArgument(`--host: ${host} is no host. Write ${hostHelp}.`);
  return pattern;
}
