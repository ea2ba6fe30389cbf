import { unknown } from './number.ts';

/** E.164 spaced for reading: `+1 415 555 0134`. Numbers of other plans than +1 stay as they are. */
export function formatPhone(number: string | null | undefined): string {
  if (!number) return unknown;
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return parts ? `+1 ${parts[1]} ${parts[2]} ${parts[3]}` : number;
}
