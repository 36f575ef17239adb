import type { IdCliOutput } from './id-cli-output.ts';

const noise = /^JsonRpcProvider failed to detect network/;
const unregistered = /^(\S+) is not registered\.$/;
const nodeLine = /^ {2}Node:\s+(\S+)$/;
const ethLine = /^ {2}ETH:\s+(.+)$/;

/**
 * Reads the text of id-cli 0.1: the name, then header lines up to the first blank line.
 * Nothing after that line is read: a text record can contain a forged `ETH:` line.
 */
export function parseInfoText(stdout: string): IdCliOutput {
  const lines = stdout
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => !noise.test(line));
  const first = lines.findIndex((line) => line !== '');
  const domain = lines[first];
  if (domain === undefined) return { kind: 'unreadable' };
  const missing = unregistered.exec(domain)?.[1];
  if (missing !== undefined) {
    return { kind: 'record', record: { domain: missing, registered: false, node: null, address: null } };
  }
  const end = lines.indexOf('', first);
  const header = lines.slice(first + 1, end === -1 ? undefined : end);
  const nodes = valuesOf(header, nodeLine);
  const addresses = valuesOf(header, ethLine);
  if (/\s/.test(domain) || nodes.length !== 1 || addresses.length > 1) return { kind: 'unreadable' };
  return { kind: 'record', record: { domain, registered: true, node: nodes[0]!, address: addresses[0] ?? null } };
}

function valuesOf(lines: readonly string[], pattern: RegExp): string[] {
  return lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
}
