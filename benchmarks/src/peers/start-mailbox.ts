import { type Child, startChild } from '../processes/start-child.ts';
import type { MailboxCalls } from './mailbox.child.ts';
import type { Identity } from './new-identity.ts';

/** A mailbox in a process of its own. */
export type MailboxPeer = Child<MailboxCalls>;

export async function startMailbox(identity: Identity): Promise<MailboxPeer> {
  const child = startChild<MailboxCalls>(new URL('mailbox.child.ts', import.meta.url));
  try {
    await child.call('open', identity);
    return child;
  } catch (error) {
    await child.stop();
    throw error;
  }
}
