import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPublicAddress, readAllowedHosts } from './safe-fetch-address.ts';

describe('isPublicAddress', () => {
  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['0.0.0.0', 'this host'],
    ['10.1.2.3', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['169.254.169.254', 'metadata'],
    ['168.63.129.16', 'metadata of Azure'],
    ['100.64.0.1', 'carrier NAT'],
    ['100.100.100.200', 'metadata of Alibaba'],
    ['192.0.0.192', 'metadata of Oracle'],
    ['192.0.2.1', 'documentation'],
    ['198.18.0.1', 'benchmark'],
    ['198.51.100.1', 'documentation'],
    ['203.0.113.1', 'documentation'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['::1', 'loopback'],
    ['::', 'unspecified'],
    ['::ffff:127.0.0.1', 'IPv4-mapped loopback'],
    ['::ffff:a9fe:a9fe', 'IPv4-mapped metadata'],
    ['::127.0.0.1', 'IPv4-compatible'],
    ['64:ff9b::7f00:1', 'NAT64'],
    ['64:ff9b:1::1', 'local NAT64'],
    ['2002:7f00:1::', '6to4'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'Teredo'],
    ['fc00::1', 'unique local'],
    ['fd00:ec2::254', 'metadata of AWS'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local with zone'],
    ['fec0::1', 'site-local'],
    ['ff02::1', 'multicast'],
    ['2001:db8::1', 'documentation'],
    ['100::1', 'discard'],
    ['4000::1', 'unassigned'],
    ['localhost', 'no address'],
    ['', 'no address'],
  ])('row 119: refuses %s (%s)', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '192.169.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    'lets %s through',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  test('an IPv4 address and its mapped form are judged alike', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isPublicAddress(`::ffff:${address}`)).toBe(isPublicAddress(address));
      }),
    );
  });

  test('no text makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV6()), (text) => {
        expect(typeof isPublicAddress(text)).toBe('boolean');
      }),
    );
  });
});

describe('readAllowedHosts', () => {
  const allowed = readAllowedHosts(['Media.Local', '10.0.0.5:9000', '[::1]:8099', 'fd00::7']);

  test.each([
    ['media.local', 80],
    ['MEDIA.LOCAL.', 6379],
    ['10.0.0.5', 9000],
    ['[::1]', 8099],
    ['[fd00::7]', 1],
  ])('%s on %d is allowed', (host, port) => {
    expect(allowed(host, port)).toBe(true);
  });

  test.each([
    ['media.local.evil.com', 80],
    ['xmedia.local', 80],
    ['10.0.0.5', 80],
    ['[::1]', 80],
    ['10.0.0.6', 9000],
  ])('%s on %d is not', (host, port) => {
    expect(allowed(host, port)).toBe(false);
  });

  test.each(['', 'a b', 'http://x', 'x/y', 'host:port', '[::1', 'a@b'])('refuses to read %j', (entry) => {
    expect(() => readAllowedHosts([entry])).toThrow('is no host');
  });
});
