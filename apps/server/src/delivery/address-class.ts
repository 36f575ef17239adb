import { BlockList, isIP } from 'node:net';

/** What kind of place an IP address is. `never` covers what no delivery may reach, whatever the settings say. */
export type AddressClass = 'loopback' | 'private' | 'public' | 'never';

const loopback = blockList(['127.0.0.0/8'], ['::1/128']);
const privateRanges = blockList(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'], ['fc00::/7']);
// Link-local holds the metadata services of the clouds; the rest is reserved, multicast or a tunnel to elsewhere.
const never = blockList(
  [
    '0.0.0.0/8',
    '169.254.0.0/16',
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
  [
    '::/128',
    'fe80::/10',
    'fec0::/10',
    'ff00::/8',
    '64:ff9b::/96',
    '64:ff9b:1::/48',
    '100::/64',
    '2001::/23',
    '2001:db8::/32',
    '2002::/16',
  ],
);

/** Classifies an IP address; anything that is none is `never`. */
export function addressClass(address: string): AddressClass {
  const version = isIP(address);
  if (version === 0) return 'never';
  const family = version === 4 ? 'ipv4' : 'ipv6';
  // BlockList sees through IPv4-mapped IPv6 addresses (RFC 4291 2.5.5.2).
  if (never.check(address, family)) return 'never';
  if (loopback.check(address, family)) return 'loopback';
  return privateRanges.check(address, family) ? 'private' : 'public';
}

function blockList(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const list = new BlockList();
  const add = (range: string, family: 'ipv4' | 'ipv6') => {
    const [net = '', prefix] = range.split('/');
    list.addSubnet(net, Number(prefix), family);
  };
  for (const range of ipv4) add(range, 'ipv4');
  for (const range of ipv6) add(range, 'ipv6');
  return list;
}
