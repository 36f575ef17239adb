import { onTestFinished } from 'vitest';
import { mailboxContract } from '../../test/contract/mailbox-contract.ts';
import type { Correspondent } from '../../test/contract/types.ts';
import type { Address } from '../types.ts';
import { createTestMailbox } from './create-test-mailbox.ts';
import type { TestMailbox, TestMailboxOptions } from './types.ts';

const [alice, bob] = [`0x${'a1'.repeat(20)}`, `0x${'b0'.repeat(20)}`] as const;

async function open(options: TestMailboxOptions = {}): Promise<TestMailbox> {
  const mailbox = await createTestMailbox(options);
  onTestFinished(() => mailbox.close({ timeoutMs: 0 }));
  return mailbox;
}

const correspond = (mailbox: TestMailbox, address: Address): Correspondent => ({
  address,
  write: (text) => mailbox.post({ from: address, text }),
  read: async () => mailbox.taken.flatMap(({ to, text }) => (to.includes(address) ? [text] : [])),
});

mailboxContract(async (options = {}) => {
  const mailbox = await open({ ...options, absent: [`0x${'ee'.repeat(20)}`] });
  return {
    mailbox,
    alice: correspond(mailbox, alice),
    bob: correspond(mailbox, bob),
    takeNothing: () => mailbox.breakNetwork('writes'),
    takeAgain: () => mailbox.breakNetwork('none'),
  };
});
