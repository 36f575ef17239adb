import { headerValue } from './header-value.ts';
import { layout } from './layout.ts';
import { nameLabel, type SenderName } from './name-label.ts';

/** A message as the host knows it, before it is wrapped. */
export interface InboundText {
  /** Hex. */
  messageId: string;
  /** What the sender wrote, as decoded; any string. `null` when the content has no text. */
  text: string | null;
  /** The address to name the sender by. @default the first of `senderAddresses` */
  senderAddress?: string | undefined;
  /** All addresses of the sender's inbox. @default none */
  senderAddresses?: readonly string[] | undefined;
  /** Hex. */
  senderInboxId: string;
  /** How many addresses the sender's inbox has; each of them can write as this sender. @default those of `senderAddresses`, else 1 */
  inboxAddresses?: number | undefined;
  /** @default null */
  senderName?: SenderName | null | undefined;
  /** Whether the sender is on the allowlist: allowed to be heard, not to command. `self`: the agent wrote it. */
  sender: 'allowlisted' | 'unknown' | 'self';
  /** Hex. */
  conversationId: string;
  /** `dm` for a direct message. */
  conversationType: 'dm' | 'group';
  /** Who reads along in a group, the agent among them, and how many of them are not listed: they read answers, too. @default not said */
  audience?: { total: number; unlisted: number } | null | undefined;
  /** Milliseconds since the epoch, as the network stamped it. */
  sentAt: number;
  /** Milliseconds since the epoch. */
  receivedAt: number;
  /** `authority/type:major.minor`. */
  contentType: string;
  /** Id of the message that this one answers. @default null */
  replyTo?: string | null | undefined;
  /** It waited long before this agent saw it. @default false */
  historical?: boolean | undefined;
  /** Where the whole can be read: at most 200 printable ASCII characters, shown when the text is cut. @default nowhere */
  whole?: string | undefined;
}

/** The facts above the body, each in its written form, or the word `invalid`. */
export interface BoundaryHeaders {
  /** Lower-case address. */
  from: string;
  /** Hexadecimal. */
  fromInbox: string;
  /** Addresses that can write as this sender. */
  inboxAddresses: number;
  /** Whether the sender was on the allowlist; `self`: the agent wrote it. */
  sender: 'allowlisted' | 'unknown' | 'self';
  authority: 'none';
  /** `"name" (facts)` in ASCII; `null` when the sender has no name. */
  name: string | null;
  /** Its id, hexadecimal. */
  message: string;
  /** Its id, hexadecimal. */
  conversation: string;
  /** `dm` or `group`. */
  conversationType: string;
  /** Absent where it is not known. */
  members?: { total: number; unlisted: number } | undefined;
  /** Id of the message that it answers; `null` when it is no reply. */
  replyTo: string | null;
  /** ISO 8601, seconds. */
  sent: string;
  /** ISO 8601, seconds. */
  received: string;
  /** It waited long before this agent saw it. */
  historical: boolean;
  /** `authority/type:major.minor`. */
  contentType: string;
  /** Characters of the body. */
  length: number;
  /** Characters the body would have without truncation. */
  fullLength: number;
  /** Characters taken out of the body. */
  hiddenRemoved: number;
  /** Characters of the body shown as `[U+XXXX]`. */
  escaped: number;
  /** Whether the body leaves something out. */
  truncated: boolean;
  /** Where the whole can be read; absent when it is here. */
  whole?: string | undefined;
}

/** What the rendering of the body adds to the headers. */
export type BodyFacts = Pick<BoundaryHeaders, 'length' | 'fullLength' | 'hiddenRemoved' | 'escaped' | 'truncated'>;

export function headersOf(message: InboundText, body: BodyFacts): BoundaryHeaders {
  const { senderAddresses: addresses = [] } = message;
  return {
    from: headerValue.address(message.senderAddress ?? addresses[0] ?? ''),
    fromInbox: headerValue.hex(message.senderInboxId),
    inboxAddresses: headerValue.count(message.inboxAddresses ?? Math.max(1, addresses.length)),
    sender: headerValue.sender(message.sender),
    authority: 'none',
    name: message.senderName ? nameLabel(message.senderName) : null,
    message: headerValue.hex(message.messageId),
    conversation: headerValue.hex(message.conversationId),
    conversationType: headerValue.conversationType(message.conversationType),
    ...(message.audience && { members: headerValue.members(message.audience) }),
    replyTo: message.replyTo ? headerValue.hex(message.replyTo) : null,
    sent: headerValue.time(message.sentAt),
    received: headerValue.time(message.receivedAt),
    historical: message.historical === true,
    contentType: headerValue.contentType(message.contentType),
    length: body.length,
    fullLength: body.fullLength,
    hiddenRemoved: body.hiddenRemoved,
    escaped: body.escaped,
    truncated: body.truncated,
    ...(body.truncated && message.whole !== undefined && { whole: headerValue.place(message.whole) }),
  };
}

/** One header a line. `authority` comes before anything that a sender chose. */
export function headerLines(headers: BoundaryHeaders): string[] {
  const lines = [
    `from: ${headers.from}`,
    `from-inbox: ${headers.fromInbox}`,
    ...(headers.inboxAddresses === 1 ? [] : [`inbox-addresses: ${headers.inboxAddresses}`]),
    `sender: ${headers.sender}`,
    layout.authority,
  ];
  if (headers.name !== null) lines.push(`name: ${headers.name}`);
  lines.push(`message: ${headers.message}`, `conversation: ${headers.conversation} ${headers.conversationType}`);
  if (headers.members !== undefined) {
    lines.push(`members: ${headers.members.total}; not listed: ${headers.members.unlisted}`);
  }
  if (headers.replyTo !== null) lines.push(`reply-to: ${headers.replyTo}`);
  lines.push(`sent: ${headers.sent}`, `received: ${headers.received}`);
  if (headers.historical) lines.push('historical: yes');
  lines.push(
    `content-type: ${headers.contentType}`,
    `length: ${headers.length} of ${headers.fullLength} characters; hidden removed: ${headers.hiddenRemoved}; ` +
      `escaped: ${headers.escaped}; truncated: ${headers.truncated ? 'yes' : 'no'}`,
  );
  if (headers.whole !== undefined) lines.push(`whole: ${headers.whole}`);
  return lines;
}
