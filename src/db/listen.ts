import pg from 'pg';

/** Keeps one session listening on a channel; `onChange` also runs after each reconnect, since news may have been missed. */
export async function listen(
  url: string,
  channel: string,
  onChange: () => void,
): Promise<{ close: () => Promise<void> }> {
  let client: pg.Client | null = null;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  async function connect() {
    const next = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'aria listen' });
    const lost = () => {
      if (client === next) client = null;
      if (!closed && !retry) retry = setTimeout(reconnect, 1_000);
    };
    next.on('error', lost);
    next.on('end', lost);
    next.on('notification', onChange);
    await next.connect();
    await next.query(`listen ${pg.escapeIdentifier(channel)}`);
    client = next;
    onChange();
  }

  function reconnect() {
    retry = undefined;
    if (closed) return;
    connect().catch(() => {
      retry ??= setTimeout(reconnect, 1_000);
    });
  }

  await connect();
  return {
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}
