import { BlockList, isIPv4 } from 'node:net';

/** Special-purpose IPv4 (RFC 6890 and later), none of which a public service has. */
const closedV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

/** Parts of global IPv6 that are special or hold an IPv4 address; everything outside 2000::/3 is closed anyway. */
const closedV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const closed = new BlockList();
for (const range of closedV4) closed.addSubnet(...split(range), 'ipv4');
for (const range of closedV6) closed.addSubnet(...split(range), 'ipv6');
const globalV6 = new BlockList();
globalV6.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address belongs to the public internet, and not to this machine or its network. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, 'ipv4');
  return globalV6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

function split(range: string): [string, number] {
  const [network = '', prefix = ''] = range.split('/');
  return [network, Number(prefix)];
}
