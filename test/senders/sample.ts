import { readdirSync, readFileSync } from 'node:fs';
import type { ConnectionSecretBody } from '../../src/contract/connections.ts';
import type { Platform } from '../../src/domain/connection.ts';

type Values = Record<string, unknown>;

/** One request as a platform makes it. An object is written in the content type's form; text goes out as it is. */
export type SampleEvent = {
  trigger: string;
  method: string;
  content_type: string;
  /** Where whoever set it up has put key and connection. */
  keys: 'body' | 'query' | 'header';
  query?: Values | string;
  body?: Values;
};

/** The requests about one call, and the call that must come of them: what `call` leaves out is unknown. */
export type Sample = {
  title: string;
  platform: Platform;
  time_zone: string;
  events: SampleEvent[];
  call: Values;
  /** Every warning on the call's events, as `field code`. */
  warnings: string[];
  /** Part of what is kept beside the contract's fields. */
  extra: Values;
};

const folder = new URL('samples/', import.meta.url);

/** Every sample in test/senders/samples; the numbers in them are fictional (555-01xx). */
export function readSamples(): Sample[] {
  return readdirSync(folder)
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
}

function asQuery(values: Values | string): string {
  if (typeof values === 'string') return values;
  return new URLSearchParams(
    Object.entries(values).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

function written(event: SampleEvent, keys: Values): string | undefined {
  if (!event.body) return undefined;
  const values = { ...keys, ...event.body };
  return event.content_type === 'application/json' ? JSON.stringify(values) : asQuery(values);
}

/** Sends a sample's request to the webhook, with the connection's keys where the sample says. */
export function sendSample(
  url: string,
  { api_key, connection_id }: ConnectionSecretBody,
  event: SampleEvent,
): Promise<Response> {
  const keys = { api_key, connection_id };
  const query = [event.keys === 'query' ? asQuery(keys) : '', event.query ? asQuery(event.query) : '']
    .filter((part) => part !== '')
    .join('&');
  const path = event.keys === 'header' ? `/v1/events/${connection_id}` : '/v1/events';
  const body = written(event, event.keys === 'body' ? keys : {});
  return fetch(`${url}${path}${query === '' ? '' : `?${query}`}`, {
    method: event.method,
    headers: {
      ...(event.keys === 'header' && { authorization: `Bearer ${api_key}` }),
      ...(body !== undefined && { 'content-type': event.content_type }),
    },
    ...(body !== undefined && { body }),
  });
}
