import { privateKeyToAddress } from 'viem/accounts';
import { type Child, startChild } from '../processes/start-child.ts';
import type { MailboxCalls } from './mailbox.child.ts';
import type { Identity } from './new-identity.ts';

/** A mailbox in a process of its own. */
export interface MailboxPeer extends Child<MailboxCalls> {
  readonly address: string;
}

export async function startMailbox(identity: Identity): Promise<MailboxPeer> {
  const child = startChild<MailboxCalls>(new URL('mailbox.child.ts', import.meta.url));
  try {
    await child.call('open', identity);
    return { ...child, address: privateKeyToAddress(identity.privateKey).toLowerCase() };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
