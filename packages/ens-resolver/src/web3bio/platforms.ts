import type { NameKind } from '../names/classify-name.ts';

/**
 * web3.bio's route and platform for each kind of name. Its universal route is not used: that rewrites the name and
 * answers with the owner's whole identity graph, whose first entry can belong to another platform.
 */
export const platforms = {
  ens: { path: 'ens', platform: 'ens' },
  basename: { path: 'basenames', platform: 'basenames' },
  linea: { path: 'linea', platform: 'linea' },
} as const satisfies Partial<Record<NameKind, { path: string; platform: string }>>;
