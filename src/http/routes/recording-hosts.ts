import type {
  RecordingHostBody,
  RecordingHostChange,
  RecordingHostChangedBody,
} from '../../contract/recording-hosts.ts';
import { deleteRecordingHost, listRecordingHosts, putRecordingHost } from '../../contract/recording-hosts.ts';
import { type HostPattern, readHostPattern } from '../../lib/host-pattern.ts';
import { countCertificates } from '../../lib/read-certificates.ts';
import type { Bind } from '../bind.ts';
import { notFound, Problem } from '../problems.ts';

export type RecordingHostRoutesDeps = {
  recordingHosts: {
    /** Null when there is no such connection. */
    list: (connectionId: string) => Promise<RecordingHostBody[] | null>;
    put: (
      place: { connectionId: string; pattern: HostPattern },
      change: RecordingHostChange,
      changedBy: string,
    ) => Promise<(RecordingHostBody & RecordingHostChangedBody) | null>;
    remove: (connectionId: string, pattern: HostPattern) => Promise<boolean>;
  };
};

export function recordingHostRoutes(bind: Bind, { recordingHosts }: RecordingHostRoutesDeps): void {
  bind(listRecordingHosts, async ({ params }) => {
    const items = await recordingHosts.list(params.id);
    if (!items) throw notFound('connection');
    return { items };
  });

  bind(putRecordingHost, async ({ params, body }, { principal }) => {
    const ca = body.tls?.mode === 'own-ca' ? body.tls.ca : null;
    if (ca !== null && countCertificates(ca) === null)
      refuse('tls.ca', 'holds no certificate that can be read');
    const place = { connectionId: params.id, pattern: readPattern(params.host) };
    const saved = await recordingHosts.put(place, body, principal!.email ?? principal!.name);
    if (!saved) throw notFound('connection');
    return saved;
  });

  bind(deleteRecordingHost, async ({ params }) => {
    if (!(await recordingHosts.remove(params.id, readPattern(params.host)))) throw notFound('recording host');
    return { removed: true };
  });
}

/** @throws Problem naming the field */
function readPattern(text: string): HostPattern {
  const pattern = readHostPattern(text);
  if (pattern) return pattern;
  return refuse('host', 'expected a host such as m.example, *.m.example or m.example:8443');
}

function refuse(field: string, message: string): never {
  throw new Problem(400, 'bad_request', `${field}: ${message}`, { errors: [{ field, message }] });
}
