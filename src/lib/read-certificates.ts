import { X509Certificate } from 'node:crypto';

/** How many certificates a PEM text holds, or null where it holds none or one that cannot be read. */
export function countCertificates(pem: string): number | null {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  try {
    for (const block of blocks) new X509Certificate(block);
  } catch {
    return null;
  }
  return blocks.length === 0 ? null : blocks.length;
}
