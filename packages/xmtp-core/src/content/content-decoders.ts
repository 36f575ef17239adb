import type { StoredContent } from '../sdk/conversation.ts';
import type { ContentTypeName } from './content-type-ids.ts';
import { type Fields, readFields } from './read-fields.ts';
import { readJson } from './read-json.ts';

/** What is on the wire, in the form of the type's schema, which then says whether it is that. May throw anything. */
type Decoder = (bytes: Uint8Array, content: StoredContent) => unknown;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const base64 = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('base64');
const fromHex = (hex: string | undefined) => {
  if (hex === undefined || !/^(?:[0-9a-f]{2})*$/iu.test(hex)) throw new TypeError('not hexadecimal');
  return Buffer.from(hex, 'hex').toString('base64');
};
const whole = (text: string | undefined) => (text !== undefined && /^\d{1,15}$/u.test(text) ? Number(text) : undefined);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const remoteAttachment: Decoder = (bytes, { parameters }) => ({
  url: utf8.decode(bytes),
  contentDigest: parameters['contentDigest'],
  secret: fromHex(parameters['secret']),
  salt: fromHex(parameters['salt']),
  nonce: fromHex(parameters['nonce']),
  scheme: parameters['scheme'],
  contentLength: whole(parameters['contentLength']),
  filename: parameters['filename'],
});

/** `RemoteAttachmentInfo`: digest (1), secret (2), nonce (3), salt (4), scheme (5), url (6), length (7), file name (8). */
const remoteInfo = (bytes: Uint8Array) => {
  const info = readFields(bytes);
  return {
    url: info.text(6) ?? '',
    contentDigest: info.text(1) ?? '',
    secret: base64(info.bytes(2)) ?? '',
    salt: base64(info.bytes(4)) ?? '',
    nonce: base64(info.bytes(3)) ?? '',
    scheme: info.text(5) ?? '',
    contentLength: info.number(7),
    filename: info.text(8),
  };
};

const actionNames = ['unknown', 'added', 'removed'] as const;
const schemaNames = ['unknown', 'unicode', 'shortcode', 'custom'] as const;

const reaction: Decoder = (bytes, { type, parameters }) => {
  if (type?.versionMajor !== 1) {
    // `ReactionV2`: reference (1), reference_inbox_id (2), action (3), content (4), schema (5).
    const fields = readFields(bytes);
    return {
      reference: fields.text(1) ?? '',
      referenceInboxId: fields.text(2) || undefined,
      action: actionNames[fields.number(3) ?? 0] ?? 'unknown',
      content: fields.text(4) ?? '',
      schema: schemaNames[fields.number(5) ?? 0] ?? 'unknown',
    };
  }
  // The first clients put all but the character into the parameters.
  if (parameters['reference'] === undefined) return readJson(bytes);
  return { ...parameters, content: utf8.decode(bytes) };
};

const dayPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.(\d{1,9}))?(?:Z|[+-]\d{2}:\d{2})$/u;

/** `2027-01-15T08:00:00.123Z` in nanoseconds. */
const nanoseconds = (value: unknown) => {
  if (value === undefined || value === null) return undefined;
  const match = typeof value === 'string' ? dayPattern.exec(value) : null;
  const seconds = match === null ? Number.NaN : Math.floor(Date.parse(match[0]) / 1_000);
  if (!(seconds >= 0)) throw new TypeError('not a time');
  return `${seconds}${(match?.[1] ?? '').padEnd(9, '0')}`.replace(/^0+(?=\d)/u, '');
};

const withNanoseconds = ({ expiresAt, ...rest }: Record<string, unknown>) => ({
  ...rest,
  expiresAtNs: nanoseconds(expiresAt),
});

const actions: Decoder = (bytes) => {
  const value = readJson(bytes);
  if (!isRecord(value) || !Array.isArray(value['actions'])) throw new TypeError('not actions');
  return {
    ...withNanoseconds(value),
    actions: value['actions'].map((each: unknown) => (isRecord(each) ? withNanoseconds(each) : each)),
  };
};

const inboxes = (fields: Fields, number: number) =>
  fields.all(number).map((inbox) => ({ inboxId: readFields(inbox).text(1) ?? '' }));

/** `GroupUpdated` of xmtp.mls.message_contents. */
const groupUpdated: Decoder = (bytes) => {
  const fields = readFields(bytes);
  return {
    initiatedByInboxId: fields.text(1) ?? '',
    addedInboxes: inboxes(fields, 2),
    removedInboxes: inboxes(fields, 3),
    leftInboxes: inboxes(fields, 5),
    metadataFieldChanges: fields.all(4).map((change) => {
      const parts = readFields(change);
      return { fieldName: parts.text(1) ?? '', oldValue: parts.text(2), newValue: parts.text(3) };
    }),
    addedAdminInboxes: inboxes(fields, 6),
    removedAdminInboxes: inboxes(fields, 7),
    addedSuperAdminInboxes: inboxes(fields, 8),
    removedSuperAdminInboxes: inboxes(fields, 9),
  };
};

/** By short name, all but `reply`. */
export const contentDecoders: Readonly<Record<Exclude<ContentTypeName, 'reply'>, Decoder>> = {
  text: (bytes) => ({ text: utf8.decode(bytes) }),
  markdown: (bytes) => ({ markdown: utf8.decode(bytes) }),
  reaction,
  readReceipt: () => ({}),
  attachment: (bytes, { parameters }) => ({
    filename: parameters['filename'],
    mimeType: parameters['mimeType'] ?? '',
    content: base64(bytes),
    contentLength: bytes.length,
  }),
  remoteAttachment,
  multiRemoteAttachment: (bytes) => ({ attachments: readFields(bytes).all(1).map(remoteInfo) }),
  transactionReference: readJson,
  walletSendCalls: readJson,
  actions,
  intent: readJson,
  groupUpdated,
  leaveRequest: (bytes) => ({ authenticatedNote: base64(readFields(bytes).bytes(1)) }),
  deleteMessage: (bytes) => ({ messageId: readFields(bytes).text(1) ?? '' }),
};
