import type { Database } from '../db/database.ts';
import type { Connection } from '../domain/connection.ts';
import { listConnectionSettings } from '../receive/connection-directory.ts';
import { BadArgument } from './commands/bad-argument.ts';

/** The connection that somebody named by its id or its name. @throws BadArgument when there is none */
export async function findConnection(db: Database, idOrName: string): Promise<Connection> {
  const connections = await listConnectionSettings(db);
  const found = connections.get(idOrName) ?? [...connections.values()].find(({ name }) => name === idOrName);
  if (!found) throw new BadArgument(`There is no connection ${idOrName} (npx aria connection list).`);
  return found;
}
