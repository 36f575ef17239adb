import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * What kind of place an IP address is. `never` is for what nothing of ours may reach, whatever the settings say: link-local,
 * reserved, multicast, tunnels to elsewhere, and the metadata services of clouds, which hand out credentials to whoever asks.
 */
export type AddressClass = 'loopback' | 'private' | 'public' | 'never';

/** Metadata and platform services outside the link-local ranges, on networks that are private or public otherwise. */
const metadata = [
  '100.100.100.200/32', // Alibaba Cloud
  '168.63.129.16/32', // Azure, WireServer
  'fd00:ec2::/32', // AWS: metadata, time, DNS, pod identity
  'fd20:ce::/32', // Google Cloud
  'fd00:c1::/32', // Oracle Cloud
  'fd00:42::/32', // Scaleway
  'fd00:a9fe:a9fe::/48', // Akamai (Linode)
].map((range) => ipaddr.parseCIDR(range));

const globalUnicast = ipaddr.parseCIDR('2000::/3');
const privateRanges: ReadonlySet<string> = new Set(['private', 'carrierGradeNat', 'uniqueLocal']);
/** 169.254.169.254 at the end of an IPv6 address: how clouds without a known range name the same service. */
const metadataHost = [0xa9fe, 0xa9fe];

/**
 * Classifies an IP address by the registries of special-purpose addresses (RFC 6890 and its successors); anything that is none
 * is `never`. An IPv4 address inside an IPv6 one (mapped, compatible, translated, 6to4, ISATAP, …) is never `public`.
 */
export function addressClass(address: string): AddressClass {
  if (isIP(address) === 0) return 'never';
  const parsed = ipaddr.parse(address);
  if (parsed.kind() === 'ipv4') return classOf(parsed);
  const v6 = parsed as ipaddr.IPv6;
  if (v6.isIPv4MappedAddress()) {
    const inner = classOf(v6.toIPv4Address());
    return inner === 'public' ? 'never' : inner;
  }
  return holdsIpv4(v6) || v6.parts.slice(6).every((part, index) => part === metadataHost[index])
    ? 'never'
    : classOf(v6);
}

function classOf(address: ipaddr.IPv4 | ipaddr.IPv6): AddressClass {
  const isMetadata = metadata.some(([range, bits]) => range.kind() === address.kind() && address.match([range, bits]));
  if (isMetadata) return 'never';
  const range: string = address.range();
  if (range === 'loopback') return 'loopback';
  if (privateRanges.has(range)) return 'private';
  if (range !== 'unicast') return 'never';
  return address.kind() === 'ipv4' || address.match(globalUnicast) ? 'public' : 'never';
}

/** ISATAP (RFC 5214): `…:0:5efe:` or `…:200:5efe:` and an IPv4 address. The other forms have ranges of their own. */
function holdsIpv4({ parts }: ipaddr.IPv6): boolean {
  return parts[5] === 0x5efe && (parts[4] === 0 || parts[4] === 0x200);
}

/** Whether an IP address belongs to the public internet, and not to this machine, its network or its cloud. */
export function isPublicAddress(address: string): boolean {
  return addressClass(address) === 'public';
}
