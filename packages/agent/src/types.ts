import type { Allowlist, createDriftMonitor, GroupList } from '@xmtp-messaging/allowlist';
import type { PlaceWatch } from '@xmtp-messaging/errors/files';
import type { Boundary } from '@xmtp-messaging/inbound-guard';
import type { InboundMessage, Mailbox } from '@xmtp-messaging/xmtp-core';
import type { AgentHints } from './agent-hints.ts';
import type { AuditLog } from './audit/open-audit-log.ts';
import type { ConversationView } from './conversations/create-conversation-view.ts';
import type { GroupView } from './groups/create-group-view.ts';
import type { TextPages } from './inbound/create-text-pages.ts';
import type { MessageView } from './inbound/create-message-view.ts';
import type { Scrub } from './outbound/create-scrub.ts';
import type { Uploads } from './uploads/create-uploads.ts';

export type * from './telemetry-types.ts';

/** What is there as soon as the address is known. */
export interface AgentHome {
  /** EIP-55. */
  address: `0x${string}`;
  /** The folder of this address. */
  path: string;
  /** Whether it is still that folder which stands there: else nothing is written by its path. */
  place: Pick<PlaceWatch, 'look'>;
  /** Who is heard. */
  allowlist: Allowlist;
  /** Who is never heard. Wins over everything; while it cannot be read, nobody is heard. */
  denylist: Allowlist;
  /** Groups that the operator listed. While it cannot be read, what comes from a group that needs a place on it waits. */
  grouplist: GroupList;
  /** Fences the words of others. */
  boundary: Boundary;
  /** Takes secrets out of what the agent says. */
  scrub: Scrub;
  /** Where files go that are sent from elsewhere; `null`: nowhere. */
  uploads: Uploads | null;
  /** How heard messages are shown. */
  view: MessageView;
  /** Whether nothing of a message that was heard is shown any more: its sender is on the denylist by now. */
  isWithheld: (message: Pick<InboundMessage, 'senderAddresses'>) => boolean;
  /** How conversations, and what was said in them, are shown. */
  conversationView: ConversationView;
  /** How groups are shown. */
  groupView: GroupView;
  /** Reads a long message page by page. */
  textPage: TextPages;
  /** Who changed what trust when. */
  audit: AuditLog;
  /** Listed names that lead elsewhere by now. */
  drift: ReturnType<typeof createDriftMonitor>;
  /** What an operator is told to do. */
  hints: AgentHints;
}

/** What is there once the mailbox is open. */
export interface OpenParts {
  /** The lists, the boundary and the audit log. */
  home: AgentHome;
  /** The mailbox itself. */
  mailbox: Mailbox;
}

/** Why the agent is not what it should be. */
export interface StateReason {
  /** Of an error, or of what is under way. */
  code: string;
  /** One sentence. */
  message: string;
  /** What to do. */
  hint: string;
  /** Codes, or else names, of the errors behind it, the nearest first. */
  causes: string[];
}
