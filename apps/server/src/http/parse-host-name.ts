import { isIPv6 } from 'node:net';

// Containers have underscores in their names, machines a single label; a dot at the end is the root of the DNS.
const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const form = new RegExp(String.raw`^(?:\[([0-9a-f:.]{2,45})\]|(${label}(?:\.${label})*)\.?)(?::\d{0,5})?$`, 'iu');

/**
 * The name in `NAME`, `NAME:PORT` or `[IPv6]:PORT`, as two that are the same are written alike: lower case, IPv6 in its
 * shortest form and in brackets. `null` if it is none. A bare IPv6 address is one, too.
 */
export function parseHostName(text: string): string | null {
  if (isIPv6(text)) return canonical(text);
  const match = form.exec(text);
  if (match === null || (match[2]?.length ?? 0) > 253) return null;
  const [, address, name] = match;
  return address === undefined ? (name?.toLowerCase() ?? null) : canonical(address);
}

function canonical(address: string): string | null {
  const url = `http://[${address}]`;
  return URL.canParse(url) ? new URL(url).hostname : null;
}
