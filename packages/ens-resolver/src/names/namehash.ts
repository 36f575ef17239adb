import * as Hash from 'ox/Hash';
import * as Hex from 'ox/Hex';

const root: Hex.Hex = `0x${'0'.repeat(64)}`;

/**
 * The node of a normalised name, 32 bytes. (viem's own costs 0.2 s to load, which every start would pay.)
 * @see EIP-137
 */
export function namehash(name: string): `0x${string}` {
  return name
    .split('.')
    .reduceRight<Hex.Hex>(
      (node, label) => Hash.keccak256(Hex.concat(node, Hash.keccak256(Hex.fromString(label)))),
      root,
    );
}
