import type { Address } from '../address.ts';

/** Another member of a conversation, as far as is known without asking the network. */
export interface Peer {
  /** 64 hexadecimal digits. */
  inboxId: string;
  /** Ethereum addresses that its inbox lists, lower case. */
  addresses: readonly Address[];
}
