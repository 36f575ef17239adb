import { z } from '@hono/zod-openapi';
import type { Saying } from '@xmtp-messaging/agent';
import { outboundSchemas, sendableTypes } from '@xmtp-messaging/xmtp-core/content';
import { messageText } from './schemas.ts';

const componentOf = (name: string) => `Outbound${name[0]!.toUpperCase()}${name.slice(1)}`;

/** The content of each type, as components of the OpenAPI document: JSON Schema 2020-12 is what OpenAPI 3.1 speaks. */
export function outboundComponents(): (readonly [name: string, schema: object])[] {
  return sendableTypes.map((name) => {
    const { $schema: _, $defs: __, ...schema } = z.toJSONSchema(outboundSchemas[name], { io: 'input' });
    // Any JSON may be any value: the recursion that says so would point outside of its component.
    const text = JSON.stringify(schema).replaceAll(/\{"\$ref":"[^"]*"\}/gu, 'true');
    return [componentOf(name), JSON.parse(text) as object] as const;
  });
}

/** What may be said: words under `message`, content of another type, or a file. */
export const sayingShape = {
  message: messageText.optional().meta({ description: 'Words.', example: 'Hello from my agent' }),
  contentType: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .meta({
      description: `Of the words: text (the default) or markdown. Of \`content\`: ${sendableTypes.join(', ')}, or a full id (authority/type:major.minor).`,
    }),
  content: z
    .looseObject({})
    .optional()
    .openapi({
      description: 'What `contentType` says. Of a custom type: parameters, fallback, and content in base64.',
      anyOf: [
        ...sendableTypes.map((name) => ({ $ref: `#/components/schemas/${componentOf(name)}` })),
        { type: 'object' },
      ],
    }),
  attachment: fileOf(z.base64())
    .optional()
    .meta({ description: 'A file inside the message, at most about 1,000,000 bytes.' }),
  // The form of a large one is held against its bytes when it is read.
  remoteAttachment: fileOf(z.string()).optional().meta({
    description:
      'A file that is encrypted, uploaded where the settings say (XMTP_UPLOAD_URL), and named by the message. At most XMTP_UPLOAD_MAX bytes.',
  }),
};

function fileOf(data: z.ZodString | z.ZodBase64) {
  return z.strictObject({
    filename: z.string().min(1).optional(),
    mimeType: z.string().min(1),
    data: data.meta({ description: 'The file, base64.' }),
  });
}

/** Where they may be said. */
const sayingPath = /^\/xmtp\/(?:send|messages\/[^/]+\/reply|conversations\/[^/]+\/send)\/?$/u;
/** Of a request beside the file in it, bytes. */
const besideFile = 65_536;

/**
 * How large a body may be.
 * @param maxFileBytes Of a file that is uploaded; `null` where none is.
 */
export function bodyLimit(
  path: string,
  { usual, maxFileBytes }: { usual: number; maxFileBytes: number | null },
): number {
  if (maxFileBytes === null || !sayingPath.test(path)) return usual;
  return Math.max(usual, Math.ceil(maxFileBytes / 3) * 4 + besideFile);
}

type SayingBody = z.output<z.ZodObject<typeof sayingShape>>;

/** The same as the agent takes it, which refuses what cannot be meant. */
export function readSaying({ message: text, ...said }: SayingBody): Saying {
  return { text, ...said };
}
