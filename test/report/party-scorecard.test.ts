import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PartyScorecardBody, ShareLinkBody } from '../../src/contract/party-scorecards.ts';
import type { BreakdownBody } from '../../src/contract/reports.ts';
import { signShare } from '../../src/http/share-token.ts';
import { startWorld, type World } from '../support/world.ts';
import { buildCall, buildConnection, qualified, unqualified } from './build-calls.ts';

let world: World;
const query = 'from=2025-07-01&to=2025-07-31&time_zone=UTC';
const secrets = ['+12125550001', 'Acme', '77.77', '33.33', '11.11', '99.99', 'because he rents'];

beforeAll(async () => {
  world = await startWorld({ roles: ['serve'] });
  const connection = await buildConnection(world.db);
  const call = {
    publisher_name: '<b>North & Co</b>',
    buyer_name: 'Acme',
    caller_id: '+12125550001',
    connected_call_length: '61',
    revenue: '77.77',
    affiliate_payout: '33.33',
    cost: '11.11',
    sale_amount: '99.99',
  };
  await buildCall(world.db, connection, { ...call, outcome: qualified });
  await buildCall(world.db, connection, {
    ...call,
    call_instance_id: 'refused-1',
    outcome: { ...unqualified, explanation: 'because he rents' },
  });
}, 60_000);
afterAll(() => world.stop());

const get = (path: string, authorization?: string) =>
  fetch(world.url + path, { headers: authorization ? { authorization } : {}, redirect: 'manual' });

describe('what a party sees', () => {
  test('a publisher: his payout, and nothing of callers, buyers and what they pay', async () => {
    const name = encodeURIComponent('<b>North & Co</b>');
    const body = JSON.stringify(
      await world.api(`/v1/reports/party-scorecard?party=publisher&name=${name}&${query}`),
    );
    expect(body).toContain('"66.66"');
    expect(body).toContain('refused-1');
    for (const secret of secrets.filter((text) => text !== '33.33')) expect(body).not.toContain(secret);
    expect(body).not.toContain('155.54');
  });

  test('a buyer: what he owes, and nothing of payouts, cost and publishers', async () => {
    const body = JSON.stringify(
      await world.api(`/v1/reports/party-scorecard?party=buyer&name=Acme&${query}`),
    );
    expect(body).toContain('"155.54"');
    for (const secret of ['+12125550001', '66.66', '22.22', 'North', 'because he rents'])
      expect(body).not.toContain(secret);
  });
});

test('rates and their intervals are those of the report, in percent', async () => {
  // qualified without a conversation: in the count, in neither side of the rate
  const connection = await buildConnection(world.db);
  const lone = { publisher_name: 'Lone', connected_call_length: '61' };
  await buildCall(world.db, connection, { ...lone, outcome: qualified });
  await buildCall(world.db, connection, { ...lone, outcome: unqualified });
  await buildCall(world.db, connection, { ...lone, outcome: { ...qualified, reached: 'voicemail' } });
  const filter = `publisher_name=Lone&${query}`;
  const report = await world.api<BreakdownBody>(`/v1/reports/breakdown?by=publisher&${filter}`);
  const { figures } = await world.api<PartyScorecardBody>(
    `/v1/reports/party-scorecard?party=publisher&name=Lone&${query}`,
  );
  for (const { id, unit, value, low, high } of figures) {
    expect([id, value]).toEqual([id, report.total[id]]);
    if (unit !== 'percent') continue;
    const rate = report.total_rates[id]!;
    expect([id, low, high]).toEqual([id, rate.low, rate.high]);
    expect(low).toBeLessThanOrEqual(Number(value));
    expect(high).toBeGreaterThanOrEqual(Number(value));
  }
  expect(figures.find(({ id }) => id === 'qualified')?.value).toBe(2);
  expect(figures.find(({ id }) => id === 'qualified_rate')?.value).toBe(50);
});

test('the file stands alone, and names in it are text', async () => {
  const name = encodeURIComponent('<b>North & Co</b>');
  const response = await get(
    `/v1/reports/party-scorecard/file?party=publisher&name=${name}&${query}`,
    `Bearer ${world.key}`,
  );
  const page = await response.text();
  expect(response.headers.get('content-disposition')).toContain(
    'publisher-scorecard-2025-07-01-2025-07-31.html',
  );
  expect(page).toContain('&lt;b&gt;North &amp; Co&lt;/b&gt;');
  expect(page).not.toContain('<b>North');
  expect(page).not.toMatch(/<script|src=|href=/);
});

describe('a link', () => {
  let url: string;
  beforeAll(async () => {
    const body = { party: 'buyer', name: 'Acme', from: '2025-07-01', to: '2025-07-31', days: 7 };
    const link = await world.api<{ url: string; expires_at: string }>('/v1/reports/party-scorecard/links', {
      body,
    });
    url = link.url.slice(link.url.indexOf('/share/'));
    expect(Date.parse(link.expires_at) - Date.now()).toBeGreaterThan(6 * 86_400_000);
  });

  test('opens without signing in, under the strict policy of all pages', async () => {
    const response = await get(url);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("style-src 'self'");
    const page = await response.text();
    expect(page).toContain('Buyer scorecard: Acme');
    expect(page).not.toContain('<style');
    expect((await get('/share/scorecard.css')).headers.get('content-type')).toContain('text/css');
  });

  test('does not open when changed, made by another key, or expired', async () => {
    const [content = '', signature = ''] = url.slice('/share/'.length).split('.');
    const other = Buffer.from(Buffer.from(content, 'base64url').toString().replace('lnk_', 'lnk_0')).toString(
      'base64url',
    );
    const foreign = signShare('another secret', 'lnk_1', new Date(Date.now() + 60_000));
    for (const token of [`${other}.${signature}`, `${content}.`, content, foreign, 'x.y.z', '%00'])
      expect((await get(`/share/${token}`)).status, token).toBe(404);
  });

  test('is taken back at once, and stays in the list of those given out', async () => {
    const body = { party: 'buyer', name: 'Acme', from: '2025-07-01', to: '2025-07-31' };
    const link = await world.api<{ id: string; url: string }>('/v1/reports/party-scorecard/links', { body });
    const path = link.url.slice(link.url.indexOf('/share/'));
    expect((await get(path)).status).toBe(200);
    await world.api(`/v1/reports/party-scorecard/links/${link.id}`, { method: 'DELETE' });
    expect((await get(path)).status).toBe(404);
    expect((await get(url)).status).toBe(200);
    const { items } = await world.api<{ items: ShareLinkBody[] }>(
      '/v1/reports/party-scorecard/links?limit=1',
    );
    expect(items).toMatchObject([{ id: link.id, party: 'buyer', name: 'Acme', revoked_by: 'test' }]);
    const none = world.api('/v1/reports/party-scorecard/links/lnk_none', { method: 'DELETE' });
    await expect(none).rejects.toThrow('404');
  });

  test('needs the right to change something to be made', async () => {
    const refused = await fetch(`${world.url}/v1/reports/party-scorecard/links`, { method: 'POST' });
    expect(refused.status).toBe(401);
  });
});
