/** What is known of a message before its content is looked at. The mailbox's own envelope fits. */
export interface AdmissionEnvelope {
  /** The same for the same message. */
  messageId: string;
  /** The same for the same conversation. */
  conversationId: string;
  /** `dm` for a direct message. */
  conversationType: 'dm' | 'group';
  /** Whose use is counted. */
  senderInboxId: string;
  /** The sender's Ethereum addresses, each of which maps back to `senderInboxId`. */
  senderAddresses: readonly string[];
  /** `authority/type:major.minor`. */
  contentType: string;
  /** Size of the encoded content in bytes. */
  contentBytes: number;
}

/**
 * Why a message is not heard. For the operator; the sender learns nothing.
 *
 * - `self`: this agent sent it, perhaps from another installation.
 * - `content-type`: it is of a type that is not listened to.
 * - `no-address`: no Ethereum address of the sender maps back to its inbox.
 * - `denied`: an address of the sender is on the deny list, which wins over everything.
 * - `groups-off`: it came in a group, and groups are off.
 * - `group-sender-not-listed`: it came in a group, where only listed senders are heard, in open mode too.
 * - `group-not-listed`: its sender is on the allowlist, and the group is not on the list of groups.
 * - `not-listed`: closed mode, and no address of the sender is on the allowlist.
 * - `too-large`: it is larger than `maxBytes`.
 * - `duplicate`: the same message was admitted before.
 * - `sender-rate`, `sender-bytes`: this sender wrote too much in a short time.
 * - `unknown-rate`: all unknown senders together wrote too much in a short time.
 * - `total-rate`: everyone together wrote too much in a short time.
 */
export type RefusalReason =
  | 'self'
  | 'content-type'
  | 'no-address'
  | 'denied'
  | 'groups-off'
  | 'group-sender-not-listed'
  | 'group-not-listed'
  | 'not-listed'
  | 'too-large'
  | 'duplicate'
  | 'sender-rate'
  | 'sender-bytes'
  | 'unknown-rate'
  | 'total-rate';

/** Whether a message is heard. */
export type AdmissionVerdict =
  | { admit: true; sender: 'allowlisted' | 'unknown' }
  | { admit: false; reason: RefusalReason };
