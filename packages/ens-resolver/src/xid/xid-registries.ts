/** Where the names of one chain stand. */
export interface XidRegistry {
  /** EIP-155. */
  chainId: number;
  /** The contract that answers `owner(node)` and `addr(node)`. */
  registry: `0x${string}`;
}

/** The label before `xid.eth` that says on which chain a name stands; `base` without one, too, but in another registry. */
export type XidChain = 'base' | 'eth' | 'op' | 'arb';

/**
 * The registries as id-cli knows them. Names with the label of a chain are those of its version 0.1; names without
 * one came later, stand on Base, and in a registry of their own: `a.base.xid.eth` and `a.xid.eth` are two names with two
 * owners.
 * @see https://github.com/idchain-world/id-cli
 */
export const xidRegistries: Readonly<Record<XidChain | 'unlabelled', XidRegistry>> = {
  unlabelled: { chainId: 8453, registry: '0x92DF3A4CB6827Bf199FdAd429B36622f0C8167F0' },
  base: { chainId: 8453, registry: '0x531e8Cf562eBa0631d0D1e97B747D6468674743B' },
  eth: { chainId: 1, registry: '0x09B4E31944DBa5608861ea5C5D40a677774F8723' },
  op: { chainId: 10, registry: '0xACE37c9260F529933287ce04cb9f10F3C1D64E63' },
  arb: { chainId: 42_161, registry: '0xACE37c9260F529933287ce04cb9f10F3C1D64E63' },
};

const labelled = /^.+\.(base|eth|op|arb|sep)\.xid\.eth$/;

/** On which chain a normalised name below xid.eth stands; `null` for one that this package knows no registry of. */
export function registryOf(name: string): keyof typeof xidRegistries | null {
  const label = labelled.exec(name)?.[1];
  if (label === undefined) return 'unlabelled';
  return label === 'sep' ? null : (label as XidChain);
}
