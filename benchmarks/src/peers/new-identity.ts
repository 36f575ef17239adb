import { randomBytes } from 'node:crypto';
import type { Hex } from 'viem';
import { generatePrivateKey } from 'viem/accounts';

/** Who a peer is and where it keeps its messages. */
export interface Identity {
  privateKey: Hex;
  /** Holds `xmtp.db`. */
  folder: string;
  databaseKey: Uint8Array;
  networkUrl: string;
}

/** Someone new, whose files live in `folder`. */
export function newIdentity(folder: string, networkUrl: string): Identity {
  return { privateKey: generatePrivateKey(), folder, databaseKey: randomBytes(32), networkUrl };
}
