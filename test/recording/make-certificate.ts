import { execFileSync } from 'node:child_process';

/** A self-signed certificate for `media.lan`, or null where openssl is not installed. */
export function makeCertificate(): { key: string; cert: string } | null {
  try {
    const pem = execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-keyout',
        '-',
        '-subj',
        '/CN=media.lan',
        '-addext',
        'subjectAltName=DNS:media.lan',
        '-days',
        '2',
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const pick = (name: string) =>
      new RegExp(`-----BEGIN ${name}-----[\\s\\S]*?-----END ${name}-----`).exec(pem)![0];
    return { key: pick('PRIVATE KEY'), cert: pick('CERTIFICATE') };
  } catch {
    console.warn('openssl is not installed: the tests of certificates are skipped');
    return null;
  }
}
