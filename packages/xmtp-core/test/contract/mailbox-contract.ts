import { describe } from 'vitest';
import { conversationsContract } from './conversations-contract.ts';
import { deliveryContract } from './delivery-contract.ts';
import { inboxContract } from './inbox-contract.ts';
import { sendContract } from './send-contract.ts';
import type { MakeStage } from './types.ts';

/** What holds for every `Mailbox`, whatever network it is on. */
export function mailboxContract(make: MakeStage): void {
  describe('what comes in', () => {
    inboxContract(make);
  });
  describe('its way to the agent', () => {
    deliveryContract(make);
  });
  describe('its conversations', () => {
    conversationsContract(make);
  });
  describe('what goes out', () => {
    sendContract(make);
  });
}
