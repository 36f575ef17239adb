import { namehash } from 'viem/ens';

/** What `id-cli info` of 0.2 and later prints for a registered name. */
export function infoJson(name: string, overrides: Record<string, unknown> = {}): string {
  const data = {
    domain: name,
    registered: true,
    node: namehash(name),
    owner: '0x5bb5000000000000000000000000000000008983',
    locked: true,
    ethAddress: idCliAddress,
    textRecords: [{ key: 'description', value: 'test agent' }],
    addressRecords: [],
    dataRecords: [],
    contenthash: null,
    ...overrides,
  };
  return JSON.stringify({ status: 'ok', data, metadata: {} });
}

/** What `id-cli info` of 0.1 prints for a registered name. */
export function infoText(name: string, address: string | null, records: readonly string[] = []): string {
  return [
    name,
    `  Node:    ${namehash(name)}`,
    '  Owner:   0x5bb5000000000000000000000000000000008983',
    '  Locked:  yes',
    ...(address === null ? [] : [`  ETH:     ${address}`]),
    '  Expires: 2030-01-01 (1135 days)',
    '',
    '  Text Records:',
    '    description: test agent',
    ...records,
    '',
  ].join('\n');
}

/** What ethers prints to standard output when the chain endpoint is down. */
export const ethersNoise =
  'JsonRpcProvider failed to detect network and cannot start up; retry in 1s (perhaps the URL is wrong or the node is not started)';

export const idCliAddress = '0x15088aBd6e7cF4fa14791B12643606b3615e2Df9';
