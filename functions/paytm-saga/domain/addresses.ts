/** Which addresses of the internet a stranger's web address may lead us to. */
import { BlockList, isIP } from 'node:net';

/** `public`: on the internet, for everybody. `loopback`: this machine. `inner`: all the rest, which is nobody's to name. */
export type Reach = 'public' | 'loopback' | 'inner';

type Subnet = readonly [net: string, prefix: number];

const listed = (family: 'ipv4' | 'ipv6', subnets: readonly Subnet[]): BlockList => {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family);
  return list;
};

const LOOPBACK = {
  4: listed('ipv4', [['127.0.0.0', 8]]),
  6: listed('ipv6', [['::1', 128]]),
} as const;

/** IANA IPv4 Special-Purpose Address Registry (RFC 6890): what is not for everybody, multicast and the reserved rest. */
const INNER_V4 = listed('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carriers' NAT
  ['127.0.0.0', 8],
  ['169.254.0.0', 16], // link-local; the metadata of EC2, and the credentials of containers
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24], // relays to 6to4
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, and broadcast
]);

/**
 * IPv6 is the other way round: global unicast is one block, and everything else (`::`, IPv4-mapped, NAT64, unique
 * local, link-local, multicast, what is not assigned) is inner without being named.
 */
const UNICAST_V6 = listed('ipv6', [['2000::', 3]]);
/** IANA IPv6 Special-Purpose Address Registry, within global unicast: what carries an IPv4 address, or is no place. */
const INNER_V6 = listed('ipv6', [
  ['2001::', 23], // Teredo, ORCHID, benchmarks
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4
  ['3fff::', 20],
]);

/** Where an IP address leads; a text that is none leads to no place for us. */
export const reachOf = (address: string): Reach => {
  switch (isIP(address)) {
    case 4:
      if (LOOPBACK[4].check(address, 'ipv4')) return 'loopback';
      return INNER_V4.check(address, 'ipv4') ? 'inner' : 'public';
    case 6:
      if (LOOPBACK[6].check(address, 'ipv6')) return 'loopback';
      return UNICAST_V6.check(address, 'ipv6') && !INNER_V6.check(address, 'ipv6') ? 'public' : 'inner';
    default:
      return 'inner';
  }
};
