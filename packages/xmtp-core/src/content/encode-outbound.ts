import { bytesField, varintField } from '../grpc/wire.ts';
import type { StoredContent } from '../sdk/conversation.ts';
import { contentTypeIds } from './content-type-ids.ts';
import { encodeReply } from './encode-reply.ts';
import { encodeText } from './encode-text.ts';
import type { OutboundContent } from './outbound-schemas.ts';

type Of<Name extends OutboundContent['type']> = Extract<OutboundContent, { type: Name }>['content'];

/**
 * Content as the SDK's own encoders write it, which `sdk-contract` holds it to; the binding need not be loaded for it.
 * What others show who do not know the type (`fallback`) is the SDK's as well.
 */
export function encodeOutbound(outbound: OutboundContent): StoredContent {
  const { type } = outbound;
  switch (type) {
    case 'text':
      return encodeText(outbound.content.text);
    case 'markdown':
      return encodeText(outbound.content.markdown, 'markdown');
    case 'reply': {
      const { reference, referenceInboxId, content } = outbound.content;
      return encodeReply(encodeOutbound(content), reference, referenceInboxId);
    }
    case 'reaction':
      return reaction(outbound.content);
    case 'readReceipt':
      return contentOf(type, {});
    case 'attachment':
      return attachment(outbound.content);
    case 'remoteAttachment':
      return remoteAttachment(outbound.content);
    case 'multiRemoteAttachment':
      return contentOf(type, {
        fallback: cannotDisplay(undefined, 'multiple remote attachments'),
        content: Buffer.concat(outbound.content.attachments.map((one) => bytesField(1, remoteInfo(one)))),
      });
    case 'transactionReference':
      return contentOf(type, {
        fallback: `[Crypto transaction] Use a blockchain explorer to learn more using the transaction hash: ${outbound.content.reference}`,
        content: json(outbound.content),
      });
    case 'walletSendCalls': {
      const content = json(outbound.content);
      return contentOf(type, { fallback: `[Transaction request generated]: ${content.toString()}`, content });
    }
    case 'actions':
      return actions(outbound.content);
    case 'intent':
      return contentOf(type, {
        fallback: `User selected action: ${outbound.content.actionId}`,
        content: json(outbound.content),
      });
    default:
      return custom(type, outbound.content);
  }
}

type Parts = Partial<Pick<StoredContent, 'parameters' | 'fallback' | 'content'>>;

function contentOf(name: keyof typeof contentTypeIds, parts: Parts): StoredContent {
  return withType(contentTypeIds[name], parts);
}

function withType(id: string, { parameters = {}, content = new Uint8Array(), fallback }: Parts): StoredContent {
  const [, authorityId = '', typeId = '', major, minor] = /^([^/]*)\/([^:]*):(\d+)\.(\d+)$/u.exec(id) ?? [];
  const type = { authorityId, typeId, versionMajor: Number(major), versionMinor: Number(minor) };
  return { type, parameters, ...(fallback === undefined ? {} : { fallback }), content };
}

const reactionActions = { added: 1n, removed: 2n };
const reactionSchemas = { unicode: 1n, shortcode: 2n, custom: 3n };

/** `ReactionV2`: reference (1), reference_inbox_id (2), action (3), content (4), schema (5). */
function reaction({ reference, referenceInboxId = '', action, content, schema }: Of<'reaction'>): StoredContent {
  return contentOf('reaction', {
    fallback:
      action === 'added'
        ? `Reacted with "${content}" to an earlier message`
        : `Removed "${content}" from an earlier message`,
    content: Buffer.concat([
      bytesField(1, Buffer.from(reference)),
      ...(referenceInboxId === '' ? [] : [bytesField(2, Buffer.from(referenceInboxId))]),
      varintField(3, reactionActions[action]),
      bytesField(4, Buffer.from(content)),
      varintField(5, reactionSchemas[schema]),
    ]),
  });
}

function attachment({ filename, mimeType, content }: Of<'attachment'>): StoredContent {
  return contentOf('attachment', {
    parameters: { ...(filename === undefined ? {} : { filename }), mimeType },
    fallback: cannotDisplay(filename, 'attachments'),
    content: Buffer.from(content, 'base64'),
  });
}

type Remote = Of<'remoteAttachment'>;
const toHex = (base64: string) => Buffer.from(base64, 'base64').toString('hex');

function remoteAttachment({ url, contentDigest, scheme, contentLength, filename, ...keys }: Remote): StoredContent {
  return contentOf('remoteAttachment', {
    parameters: {
      contentDigest,
      secret: toHex(keys.secret),
      salt: toHex(keys.salt),
      nonce: toHex(keys.nonce),
      scheme,
      ...(contentLength === undefined ? {} : { contentLength: String(contentLength) }),
      ...(filename === undefined ? {} : { filename }),
    },
    fallback: cannotDisplay(filename, 'remote attachments'),
    content: Buffer.from(url),
  });
}

/** `RemoteAttachmentInfo`: digest (1), secret (2), nonce (3), salt (4), scheme (5), url (6), length (7), filename (8). */
function remoteInfo({ url, contentDigest, secret, salt, nonce, scheme, contentLength, filename }: Remote): Uint8Array {
  return Buffer.concat([
    bytesField(1, Buffer.from(contentDigest)),
    bytesField(2, Buffer.from(secret, 'base64')),
    bytesField(3, Buffer.from(nonce, 'base64')),
    bytesField(4, Buffer.from(salt, 'base64')),
    bytesField(5, Buffer.from(scheme)),
    bytesField(6, Buffer.from(url)),
    ...(contentLength === undefined ? [] : [varintField(7, BigInt(contentLength))]),
    ...(filename === undefined ? [] : [bytesField(8, Buffer.from(filename))]),
  ]);
}

function actions({ id, description, expiresAtNs, actions: buttons }: Of<'actions'>): StoredContent {
  const lines = buttons.map(({ label }, index) => `[${index + 1}] ${label}`).join('\n');
  const expiry = (at: string | undefined) => (at === undefined ? {} : { expiresAt: isoOf(at) });
  return contentOf('actions', {
    fallback: `${description}\n\n${lines}\n\nReply with the number to select`,
    content: json({
      id,
      description,
      actions: buttons.map(({ expiresAtNs: at, ...button }) => ({ ...button, ...expiry(at) })),
      ...expiry(expiresAtNs),
    }),
  });
}

function custom(type: string, { parameters, content, fallback }: Of<`${string}/${string}`>): StoredContent {
  return withType(type, { parameters, fallback, content: Buffer.from(content, 'base64') });
}

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const isoOf = (nanoseconds: string) => new Date(Number(BigInt(nanoseconds) / 1_000_000n)).toISOString();
const cannotDisplay = (filename: string | undefined, what: string) =>
  `Can't display ${filename ?? 'this content'}. This app doesn't support ${what}.`;
