import type { Allowlist, AllowlistEntry, AllowlistStatus, Drift, GroupList } from '@xmtp-messaging/allowlist';
import type { Resolution } from '@xmtp-messaging/ens-resolver';
import type { DeliverOptions, InboundMessage, Mailbox, MailboxStatus } from '@xmtp-messaging/xmtp-core';
import type { Attachment } from './attachments/create-attachments.ts';
import type { AgentConversations } from './conversations/create-agent-conversations.ts';
import type { MessageHandler } from './delivery/create-message-handler.ts';
import type { MessageDelivery } from './delivery/start-delivery.ts';
import type { refuseInvitation } from './groups/accept-invitation.ts';
import type { AgentGroups } from './groups/create-agent-groups.ts';
import type { AgentGroup } from './groups/create-group-view.ts';
import type { AgentMessage } from './inbound/create-message-view.ts';
import type { TextPage, TextPages } from './inbound/create-text-pages.ts';
import type { AgentMessageDetail } from './inbound/read-message.ts';
import type { PutEntryResult } from './names/put-entry.ts';
import type { Saying } from './outbound/prepare-content.ts';
import type { MessageRequest, SentMessage } from './outbound/send-message.ts';

/** How to put somebody on a list. */
export interface ListOptions {
  /** Free words for somebody without a name; never looked up. @default none */
  label?: string | undefined;
  /** @default none */
  signal?: AbortSignal | undefined;
}

/** The state of the mailbox, and of what stands around it. */
export interface AgentStatus extends MailboxStatus {
  /** The home folder. */
  home: string;
  /** `closed`: those on the allowlist alone are heard. */
  mode: 'closed' | 'open';
  /** State of `allowlist.yaml`; while it is in doubt, nobody on it is heard. */
  allowlist: AllowlistStatus;
  /** State of `denylist.yaml`; while it is in doubt, nobody is heard. */
  denylist: AllowlistStatus;
  /** State of `grouplist.yaml`. */
  grouplist: AllowlistStatus;
  /** Listed names that lead elsewhere by now; none is followed. */
  drifts: readonly Drift[];
  /** `null` before `onMessage`. */
  delivery: ReturnType<MessageDelivery['status']> | null;
}

/** How to send. */
export type SendOptions = Pick<MessageRequest, 'contentType' | 'replyTo' | 'strict' | 'idempotencyKey' | 'signal'>;

/** An open agent. What is asked of it after `close` is refused: AgentError SHUTTING_DOWN. */
export interface Agent extends AsyncDisposable {
  /** EIP-55. */
  readonly address: `0x${string}`;
  /** The mailbox underneath. What it gives is raw: show it to a model by `view` only. */
  readonly mailbox: Mailbox;
  /** Who is heard. The file in the home folder may be edited as well. */
  readonly allowlist: Allowlist;
  /** Who is never heard. Wins over everything. */
  readonly denylist: Allowlist;
  /** In which groups it is heard, with `groups: 'listed-groups'`; in every other mode those that are never denied. */
  readonly grouplist: GroupList;
  /**
   * Hands accepted messages to `handler`, inside the boundary: in order within a conversation, at least once, again
   * after a failure, and at last as a dead letter. One handler at a time.
   * @throws MailboxError INVALID_REQUEST: there is one already.
   */
  onMessage(handler: MessageHandler, options?: DeliverOptions): MessageDelivery;
  /**
   * Sends once, to an ENS name or an address: words, content of any type, or a file. A listed name that has moved is refused,
   * never followed.
   * @throws as `sendMessage`
   */
  send(to: string, said: string | Saying, options?: SendOptions): Promise<SentMessage>;
  /** What this agent knows of its conversations, and how to write into them. */
  readonly conversations: AgentConversations;
  /** Making and changing groups. */
  readonly groups: AgentGroups;
  /** Hears somebody from now on. @throws ResolveError, AllowlistError, AgentError ADDRESS_CHANGED */
  allow(nameOrAddress: string, options?: ListOptions): Promise<PutEntryResult>;
  /** Takes somebody off the allowlist. @throws AgentError ENTRY_NOT_FOUND */
  disallow(nameOrAddress: string): Promise<AllowlistEntry>;
  /** Never hears somebody, whatever the allowlist says. @throws as `allow` */
  deny(nameOrAddress: string, options?: ListOptions): Promise<PutEntryResult>;
  /** Takes somebody off the denylist. @throws AgentError ENTRY_NOT_FOUND */
  undeny(nameOrAddress: string): Promise<AllowlistEntry>;
  /** Is in a group from now on: lists it, under `label` if given. Who is heard there stays with the allowlist. @throws as `acceptInvitation` */
  acceptInvitation(conversationId: string, options?: { label?: string | undefined }): Promise<AgentGroup>;
  /** Is in a group no more, whoever adds it again. @throws as `refuseInvitation` */
  refuseInvitation(conversationId: string): ReturnType<typeof refuseInvitation>;
  /** @throws ResolveError */
  resolve(nameOrAddress: string, options?: { signal?: AbortSignal | undefined }): Promise<Resolution>;
  /** A message of the mailbox as the agent may see it. */
  view(message: InboundMessage): AgentMessage;
  /** A message that was heard or sent, with what belongs to it; `null` for every other id. */
  message(id: string): Promise<AgentMessageDetail | null>;
  /**
   * Some lines of such a message, in a block of their own: a long one is read page by page, beginning with line `from` (default 1), at most
   * `lines` of them (default what a block holds). `null` as above.
   */
  text(id: string, request?: Parameters<TextPages>[1]): Promise<TextPage | null>;
  /**
   * The `index`th file of such a message, from 0: fetched by the safe rules when it lies elsewhere, checked, in the clear.
   * @throws AgentError ATTACHMENT_NOT_FOUND, ATTACHMENT_REFUSED, ATTACHMENT_UNREACHABLE, ATTACHMENT_TOO_LARGE,
   * ATTACHMENT_BROKEN
   */
  attachment(messageId: string, index?: number, options?: { signal?: AbortSignal | undefined }): Promise<Attachment>;
  /** The fragment for the system prompt that explains the boundary. The same after every start. */
  prompt(): string;
  /**
   * Everything that this agent needs to go on elsewhere but its wallet, sealed (`seal`: who can open it), while it goes on here; `restoreAgent` takes it.
   * @throws as the `backup` of a mailbox
   */
  backup(options: Parameters<Mailbox['backup']>[0]): ReturnType<Mailbox['backup']>;
  /** Cheap and local. */
  status(): AgentStatus;
  /**
   * Lets what is under way finish, deliveries and calls alike, and closes. Idempotent; `await using` does it too.
   * @param options.timeoutMs For everything together. Default 10_000
   */
  close(options?: { timeoutMs?: number | undefined }): Promise<void>;
}
