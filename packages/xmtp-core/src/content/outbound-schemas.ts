import { z } from 'zod';
import { base64 } from './base64.ts';

const words = () => z.string().min(1);
const messageId = () => z.string().regex(/^[0-9a-f]{64}$/u, 'must be the hexadecimal id of a message');
const bytes = (length: number) =>
  base64.refine((value) => base64Bytes(value) === length, `must be ${length} bytes in base64`);
const hex = (length: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`, 'iu'), `must be ${length} hex digits`);
const strings = () => z.record(z.string().min(1), z.string());
const nanoseconds = () => z.string().regex(/^\d{1,19}$/u, 'must be nanoseconds since the epoch');
const httpsUrl = () =>
  z
    .string()
    .max(4_096)
    .refine((value) => URL.canParse(value) && new URL(value).protocol === 'https:', 'must be an https URL');

const remoteAttachment = z.strictObject({
  url: httpsUrl(),
  contentDigest: hex(64),
  secret: bytes(32),
  salt: bytes(32),
  nonce: bytes(12),
  scheme: z.literal('https').default('https'),
  contentLength: z.int().min(0).optional(),
  filename: words().optional(),
});

const uniqueIds = (actions: readonly { id: string }[]) => new Set(actions.map(({ id }) => id)).size === actions.length;

const plain = {
  text: z.strictObject({ text: words() }),
  markdown: z.strictObject({ markdown: words() }),
  reaction: z.strictObject({
    reference: messageId(),
    referenceInboxId: z.string().optional(),
    action: z.enum(['added', 'removed']).default('added'),
    content: words(),
    schema: z.enum(['unicode', 'shortcode', 'custom']).default('unicode'),
  }),
  readReceipt: z.strictObject({}),
  attachment: z.strictObject({ filename: words().optional(), mimeType: words(), content: base64 }),
  remoteAttachment,
  multiRemoteAttachment: z.strictObject({ attachments: z.array(remoteAttachment).min(1).max(100) }),
  transactionReference: z.strictObject({
    namespace: words().optional(),
    networkId: words(),
    reference: words(),
    metadata: z
      .strictObject({
        transactionType: z.string(),
        currency: z.string(),
        amount: z.number(),
        decimals: z.int().min(0).max(255),
        fromAddress: z.string(),
        toAddress: z.string(),
      })
      .optional(),
  }),
  walletSendCalls: z.strictObject({
    version: words(),
    chainId: words(),
    from: words(),
    calls: z
      .array(
        z.strictObject({
          to: z.string().optional(),
          data: z.string().optional(),
          value: z.string().optional(),
          gas: z.string().optional(),
          metadata: strings()
            .refine(
              (facts) => 'description' in facts && 'transactionType' in facts,
              'must have description and transactionType',
            )
            .optional(),
        }),
      )
      .min(1),
    capabilities: strings().optional(),
  }),
  actions: z.strictObject({
    id: words(),
    description: words(),
    actions: z
      .array(
        z.strictObject({
          id: words(),
          label: words(),
          imageUrl: z.string().optional(),
          style: z.enum(['primary', 'secondary', 'danger']).optional(),
          expiresAtNs: nanoseconds().optional(),
        }),
      )
      .min(1)
      .max(10)
      .refine(uniqueIds, 'must have ids of their own'),
    expiresAtNs: nanoseconds().optional(),
  }),
  intent: z.strictObject({
    id: words(),
    actionId: words(),
    metadata: z.record(z.string(), z.json()).optional(),
  }),
} as const;

type FullId = `${string}/${string}`;

/** A full id: what is before the slash and the colon is anything visible, the version is two numbers. */
export const fullId = z
  .string()
  .max(128)
  .regex(
    /^[\x21-\x2e\x30-\x39\x3b-\x7e]+\/[\x21-\x39\x3b-\x7e]+:\d{1,9}\.\d{1,9}$/u,
    'must be authority/type:major.minor',
  );

export const custom = z.strictObject({
  type: fullId as unknown as z.ZodType<FullId>,
  content: z.strictObject({
    parameters: strings().default({}),
    content: base64.default(''),
    /** What programs show that do not know the type. */
    fallback: z.string().optional(),
  }),
});

const typed = <Name extends keyof typeof plain>(type: Name) =>
  z.strictObject({ type: z.literal(type), content: plain[type] });

const plainTyped = z.union([
  typed('text'),
  typed('markdown'),
  typed('reaction'),
  typed('readReceipt'),
  typed('attachment'),
  typed('remoteAttachment'),
  typed('multiRemoteAttachment'),
  typed('transactionReference'),
  typed('walletSendCalls'),
  typed('actions'),
  typed('intent'),
  custom,
]);

/** The schema of each type that can be sent, by short name. `reply` nests any other of them. */
export const outboundSchemas = {
  ...plain,
  reply: z.strictObject({ reference: messageId(), referenceInboxId: z.string().optional(), content: plainTyped }),
} as const;

/** What can be sent: a type and its content. `type` is a full id for what has no short name. */
export type OutboundContent =
  | {
      [Name in keyof typeof outboundSchemas]: { type: Name; content: z.output<(typeof outboundSchemas)[Name]> };
    }[keyof typeof outboundSchemas]
  | z.output<typeof custom>;

/** Short names of what can be sent. */
export const sendableTypes = Object.keys(outboundSchemas) as (keyof typeof outboundSchemas)[];

function base64Bytes(value: string): number {
  const padding = value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0;
  return (value.length / 4) * 3 - padding;
}
