import { type SensitiveKind, sensitiveKinds } from '../../domain/transcript.ts';

/** Verticals in which nobody reads out a Medicare id; letters and digits are plates, VINs and part numbers there. */
const withoutMedicare =
  /\b(?:auto|car|vehicle|motor|home|homeowners?|solar|roof\w*|hvac|plumb\w*|window\w*|gutter\w*|pest|water|flooring|bath\w*|kitchen|security|moving|debt|tax|mortgage|loan\w*|credit)\b/;

/**
 * The kinds of numbers that are looked for on calls of a vertical, as the platform names it. An unknown vertical, or
 * none, has all of them.
 */
export function kindsFor(vertical: string | null): readonly SensitiveKind[] {
  const name = (vertical ?? '').toLowerCase().replaceAll(/[_-]/g, ' ');
  if (/\b(?:medicare|health|aca|medical)\b/.test(name) || !withoutMedicare.test(name)) return sensitiveKinds;
  return sensitiveKinds.filter((kind) => kind !== 'medicare_id');
}
