import { expect, test } from 'vitest';
import { explainServer } from './explain-server.ts';

const log = `2026-01-02 LOG:  starting PostgreSQL 18
2026-01-02 ERROR:  could not extend file "base/5/1": No space left on device
2026-01-02 HINT:  Check free disk space.
2026-01-02 STATEMENT:  insert into event values ('secret')
2026-01-02 FATAL:  could not write lock file "postmaster.pid": No space left on device
2026-01-02 LOG:  database system is shut down`;

test('says what is wrong and what to do, without statements', () => {
  const { message, name } = explainServer('start', log, '/data/server.log');
  expect(name).toBe('UserError');
  expect(message.split('\n')).toEqual([
    'The embedded PostgreSQL could not start. The disk is full: free some space and start again; nothing that was acknowledged is lost.',
    '2026-01-02 HINT:  Check free disk space.',
    '2026-01-02 FATAL:  could not write lock file "postmaster.pid": No space left on device',
  ]);
});

test('points to the log where it knows no advice', () => {
  expect(explainServer('stop', 'pg_ctl: server does not shut down', '/data/server.log').message).toBe(
    'The embedded PostgreSQL could not stop. See /data/server.log.',
  );
});
