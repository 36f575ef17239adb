import type { Allowlist, createDriftMonitor } from '@xmtp-messaging/allowlist';
import type { Boundary } from '@xmtp-messaging/inbound-guard';
import type { Mailbox } from '@xmtp-messaging/xmtp-core';
import type { Scrub } from './create-scrub.ts';
import type { MessageView } from './message-view.ts';

/** What is there as soon as the address is known. */
export interface AgentHome {
  /** EIP-55. */
  address: string;
  /** The folder of this address. */
  path: string;
  allowlist: Allowlist;
  /** Who is never heard. Wins over everything; while it cannot be read, nobody is heard. */
  denylist: Allowlist;
  boundary: Boundary;
  scrub: Scrub;
  view: MessageView;
  drift: ReturnType<typeof createDriftMonitor>;
}

/** What is there once the mailbox is open. */
export interface OpenAgent {
  home: AgentHome;
  mailbox: Mailbox;
}

/** Why the agent is not what it should be. */
export interface StateReason {
  code: string;
  message: string;
  /** What to do. */
  hint: string;
  /** Codes, or else names, of the errors behind it, the nearest first. */
  causes: string[];
}
