import { describe, expect, test } from 'vitest';
import { readCalls } from '../../demo/calls.ts';
import type { Account } from '../../demo/platforms/account.ts';
import { makeTraffic } from '../../demo/platforms/requests.ts';
import { readSamples } from '../../demo/sample.ts';

const account: Account = {
  connectionId: 'con_1',
  apiKey: 'key-1',
  url: 'http://127.0.0.1:4040/v1/events',
  timeZone: 'America/New_York',
};
const now = new Date('2026-07-07T17:59:05Z');
const { requests, goals } = await makeTraffic(
  { ringba: account, trackdrive: account, retreaver: account },
  now,
  ({ sample }) => `http://recordings.example/${sample}.mp3`,
);
const calls = await readCalls();
const all = Object.values(calls).flat();

function bodiesOf(what: string): string[] {
  return requests.filter((request) => request.what === what).map(({ body }) => body ?? '');
}

describe('the calls', () => {
  test('have a platform, a publisher, a buyer and an id of their own', () => {
    expect(all.length).toBeGreaterThanOrEqual(24);
    expect(new Set(requests.map(({ callInstanceId }) => callInstanceId)).size).toBe(all.length);
    const pairs = new Set(all.map(({ parties }) => `${parties.publisher} ${parties.buyer}`));
    expect(pairs.size).toBeGreaterThanOrEqual(9);
  });

  test('have every sample for a recording', async () => {
    const samples = (await readSamples()).map(({ id }) => id);
    const played = all.flatMap(({ recording }) =>
      recording?.way === 'login-page' ? [] : (recording?.sample ?? []),
    );
    expect(played.toSorted()).toEqual(samples.toSorted());
  });
});

test('calls with a recording have a goal, and one of them will find a page instead', () => {
  const wanted = [...goals.values()];
  expect(wanted.filter((goal) => goal === 'not-audio').length).toBe(1);
  expect(wanted.length).toBe(all.filter(({ recording }) => recording !== undefined).length);
});

describe('a simulated Ringba', () => {
  test('fills its template: blanks for what is not known yet, the time of the zone', () => {
    const [incoming] = bodiesOf('ringba incoming').filter((body) => body.includes('+16145550101'));
    expect(JSON.parse(incoming!)).toMatchObject({
      api_key: 'key-1',
      connection_id: 'con_1',
      call_date: '07/07/2026 01:17:05 PM',
      duration: '',
      converted: '',
      sale_amount: null,
    });
  });

  test('breaks its JSON on the one value with quotes, and on no other', () => {
    const broken = requests.filter(({ headers, body }) => {
      if (headers['content-type'] !== 'application/json') return false;
      try {
        JSON.parse(body ?? '');
        return false;
      } catch {
        return true;
      }
    });
    expect(broken.map(({ what, expected }) => [what, expected])).toEqual([
      ['ringba finalized', 'quarantined'],
    ]);
  });
});

test('a simulated TrackDrive sends forms, with its own offset, and the sale late', () => {
  const late = requests.filter((request) => request.late);
  expect(late.map(({ what }) => what)).toEqual(['trackdrive disposition changed']);
  const form = new URLSearchParams(bodiesOf('trackdrive call started').at(-1));
  expect(form.get('call_date')).toBe('2026-07-07T12:49:05-04:00');
  expect(form.get('caller_id')).toBe('614-555-0121');
});

test('a simulated Retreaver sends everything in the query', () => {
  const pixel = requests.find(({ what }) => what === 'retreaver end')!;
  const query = new URL(pixel.url).searchParams;
  expect(pixel.method).toBe('GET');
  expect(query.get('api_key')).toBe('key-1');
  expect(query.get('call_date')).toMatch(/^2026-07-0\dT\d\d:\d\d:05\.000Z$/);
});

test('an exact repeat is the same request as one before', () => {
  const repeats = requests.filter(({ expected }) => expected === 'duplicate');
  expect(repeats.length).toBe(3);
  for (const { url, body } of repeats)
    expect(requests.filter((other) => other.url === url && other.body === body).length).toBe(2);
});
