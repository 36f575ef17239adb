import type { Address, InboundMessage, Mailbox, MailboxOptions } from '../../src/index.ts';

/** A mailbox with people around it. */
export interface ContractStage {
  mailbox: Mailbox;
  /** Two people on the same network. */
  alice: Correspondent;
  bob: Correspondent;
  /** From now on the network takes nothing that is published. */
  takeNothing: () => void;
  takeAgain: () => void;
}

/** Somebody who writes to the mailbox and reads what it sends. */
export interface Correspondent {
  address: Address;
  /** Writes a text; resolves with its id when the mailbox has decided on it. */
  write(text: string): Promise<string>;
  /** Every text of the mailbox that has arrived by now, in order. */
  read(): Promise<string[]>;
}

/** Opens a new mailbox on an empty home; it hears everybody unless `admit` says otherwise. It is closed when the test ends. */
export type MakeStage = (options?: Partial<Pick<MailboxOptions, 'admit' | 'sendDeadlineMs'>>) => Promise<ContractStage>;

/** As the mailbox shows it. */
export async function messageOf(mailbox: Mailbox, messageId: string): Promise<InboundMessage> {
  const message = await mailbox.inbox.get(messageId);
  if (message === null) throw new Error('The message was not accepted.');
  return message;
}
