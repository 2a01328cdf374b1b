import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { reachOf } from './addresses.ts';

describe('where an address leads', () => {
  it.each([
    ['8.8.8.8', 'public'],
    ['9.255.255.255', 'public'],
    ['11.0.0.0', 'public'],
    ['172.15.255.255', 'public'],
    ['172.32.0.0', 'public'],
    ['2a00:1450::1', 'public'],
    ['2404:6800:4009::200e', 'public'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['0.0.0.0', 'inner'],
    ['10.0.0.1', 'inner'],
    ['100.64.0.1', 'inner'],
    ['169.254.169.254', 'inner'],
    ['169.254.170.2', 'inner'],
    ['172.16.0.1', 'inner'],
    ['172.31.255.255', 'inner'],
    ['192.168.1.1', 'inner'],
    ['198.18.0.1', 'inner'],
    ['224.0.0.1', 'inner'],
    ['255.255.255.255', 'inner'],
    ['::', 'inner'],
    ['::ffff:10.0.0.1', 'inner'],
    ['::ffff:a9fe:a9fe', 'inner'],
    ['::ffff:8.8.8.8', 'inner'],
    ['64:ff9b::a00:1', 'inner'],
    ['2002:a00:1::', 'inner'],
    ['2001::a00:1', 'inner'],
    ['fc00::1', 'inner'],
    ['fd00:ec2::254', 'inner'],
    ['fe80::1', 'inner'],
    ['fe80::1%eth0', 'inner'],
    ['fec0::1', 'inner'],
    ['ff02::1', 'inner'],
    ['10.1', 'inner'],
    ['example.com', 'inner'],
    ['', 'inner'],
  ])('%s: %s', (address, reach) => {
    expect(reachOf(address)).toBe(reach);
  });

  const octet = fc.integer({ min: 0, max: 255 });
  const v4 = (...head: fc.Arbitrary<number>[]) =>
    fc.tuple(...[...head, octet, octet, octet, octet].slice(0, 4)).map((octets) => octets.join('.'));
  const is = fc.constant<number>;
  const range = (min: number, max: number) => fc.integer({ min, max });
  const privateV4 = fc.oneof(
    v4(is(10)),
    v4(is(100), range(64, 127)),
    v4(is(169), is(254)),
    v4(is(172), range(16, 31)),
    v4(is(192), is(168)),
    v4(range(224, 255)),
  );
  const group = fc.integer({ min: 0, max: 0xffff });
  const rest = fc.array(group, { minLength: 7, maxLength: 7 });
  const v6 = (first: fc.Arbitrary<number>) =>
    fc.tuple(first, rest).map(([one, others]) => [one, ...others].map((n) => n.toString(16)).join(':'));

  property.prop([privateV4])('is never the internet within the private ranges of IPv4', (address) => {
    expect(reachOf(address)).toBe('inner');
  });

  property.prop([v4()])('is never the internet for an IPv4 address in the clothes of IPv6', (address) => {
    for (const prefix of ['::ffff:', '::', '64:ff9b::'])
      expect(reachOf(`${prefix}${address}`)).not.toBe('public');
  });

  property.prop([v6(fc.oneof(range(0xfc00, 0xfdff), range(0xfe80, 0xfebf), range(0xff00, 0xffff)))])(
    'is never the internet within unique local, link-local and multicast IPv6',
    (address) => {
      expect(reachOf(address)).toBe('inner');
    },
  );

  property.prop([v6(fc.oneof(range(0x2400, 0x2a0f), range(0x2600, 0x26ff)))])(
    'is the internet within what registries give to networks',
    (address) => {
      expect(reachOf(address)).toBe('public');
    },
  );
});
