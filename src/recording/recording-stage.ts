import type { Database } from '../db/database.ts';
import { dropFiles } from '../db/drop-files.ts';
import type { StageHandler, StageResult } from '../db/stage.ts';
import { Failure } from '../domain/failure.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import { type FetchRecordingDeps, fetchRecording } from './fetch-recording.ts';
import { type CallToFetch, findByAddress, readCallToFetch } from './find-recording.ts';
import type { HostFull } from './host-gate.ts';
import { hostRulesOf, withoutSecrets } from './host-rules.ts';
import { openPartFolder, type PartFolder } from './part-folder.ts';
import { openRecordingHosts, type SealingKey } from './recording-hosts.ts';
import { lengthWarnings } from './recording-warnings.ts';
import { repairUrl } from './repair-url.ts';
import { linkRecording, type StoredAudio, saveAudio } from './save-recording.ts';
import { createSharedWork } from './share-work.ts';

export type RecordingStageDeps = Omit<FetchRecordingDeps, 'parts' | 'storage'> & {
  db: Database;
  storage: Pick<BlobStore, 'put' | 'has'>;
  /** Under which the credentials of hosts are sealed. */
  sealingKey: SealingKey;
  /** Downloads under way lie here, and what broke off; made where it does not exist. */
  tempFolder: string;
};

/** What a download found, with what is to be said of the way there. */
type Fetched = { audio: StoredAudio; warnings: string[] };

/**
 * Fetches the recording of a call, checks that it is audio with somebody in it, and stores it under the hash of
 * its bytes. An address that another call of the connection had already is not fetched again, unless somebody has
 * this call fetched anew. Fetching the same audio again writes the same rows.
 */
export function makeRecordingStage(deps: RecordingStageDeps): StageHandler {
  const share = createSharedWork<Fetched | HostFull>();
  let folder: Promise<PartFolder> | null = null;

  async function fetchFor(connectionId: string, url: string, signal: AbortSignal) {
    folder ??= openPartFolder(deps.tempFolder).catch((error) => {
      folder = null;
      throw error;
    });
    const hosts = await openRecordingHosts(deps.db, connectionId, deps.sealingKey);
    const findRules = hostRulesOf(hosts);
    const unchecked = new Set<string>();
    const context = {
      withoutSecrets: (text: string) => withoutSecrets(text, hosts),
      findHostRules: (hostname: string, port: number) => {
        const rules = findRules(hostname, port);
        if (rules?.trust === 'anybody') unchecked.add(hostname);
        return rules;
      },
    };
    const subject = `${connectionId} ${url}`;
    const got = await fetchRecording({ url, subject, signal, context }, { ...deps, parts: await folder });
    if ('later' in got) return got;
    const warnings = [...unchecked].map(
      (host) => `Whatever certificate ${host} shows is believed: the connection is set so.`,
    );
    return { audio: got, warnings };
  }

  return async (callId, signal) => {
    const call = await readCallToFetch(deps.db, callId);
    if (!call?.recording) return { skip: 'the call has no recording address' };
    const repaired = repairUrl(call.recording);
    if (!repaired)
      throw new Failure('recording.bad-url', 'never', 'The recording field is no http(s) address');

    const { connectionId } = call;
    const url = withoutCredentials(repaired.url);
    const known = call.link?.url === url ? null : await findByAddress(deps.db, { connectionId, callId, url });
    if (known && (await deps.storage.has(known.hash))) {
      const warnings = [...repaired.repairs, ...lengthWarnings(known.seconds, call.connectedSeconds)];
      const link = { callId, hash: known.hash, url, warnings };
      return { write: (tx) => linkRecording(tx, link), settled: isSettled(call, link) };
    }

    const got = await share(`${connectionId} ${repaired.url}`, () =>
      fetchFor(connectionId, repaired.url, signal),
    );
    if ('later' in got) return got;
    return stored({ callId, call, url, repairs: repaired.repairs }, got, deps);
  };
}

function stored(
  { callId, call, url, repairs }: { callId: string; call: CallToFetch; url: string; repairs: string[] },
  { audio, warnings }: Fetched,
  { db, storage }: Pick<RecordingStageDeps, 'db' | 'storage'>,
): StageResult {
  const length = lengthWarnings(audio.probe.seconds, call.connectedSeconds);
  const link = { callId, hash: audio.hash, url, warnings: [...repairs, ...warnings, ...length] };
  return {
    write: async (tx) => {
      await saveAudio(tx, audio);
      // the same audio of an erased caller may have been removed since this call's was stored
      if (!(await storage.has(audio.hash))) {
        throw new Failure('recording.unavailable', 'soon', 'The file was removed while it was being stored');
      }
      await linkRecording(tx, link);
    },
    discard: () => dropFiles(db, [audio.hash]),
    settled: isSettled(call, link),
  };
}

/** The same audio under a new address changes nothing; fetched anew under the same one, somebody asked for it. */
function isSettled({ link, wentOn }: CallToFetch, found: { hash: string; url: string }): boolean {
  return wentOn && link !== null && link.hash === found.hash && link.url !== found.url;
}

/** A password in an address is for the server, not for people who read the row. */
function withoutCredentials(text: string): string {
  const url = new URL(text);
  if (!url.username && !url.password) return text;
  url.username = '';
  url.password = '';
  return url.href;
}
