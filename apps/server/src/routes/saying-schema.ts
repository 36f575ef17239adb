import { z } from '@hono/zod-openapi';
import { outboundSchemas, sendableTypes } from '@xmtp-messaging/xmtp-core/content';
import { ServerError } from '../errors.ts';
import { messageText } from './schemas.ts';

const componentOf = (name: string) => `Outbound${name[0]!.toUpperCase()}${name.slice(1)}`;

/** The content of each type, as components of the OpenAPI document: JSON Schema 2020-12 is what OpenAPI 3.1 speaks. */
export const outboundComponents = sendableTypes.map((name) => {
  const { $schema: _, $defs: __, ...schema } = z.toJSONSchema(outboundSchemas[name], { io: 'input' });
  // Any JSON may be any value: the recursion that says so would point outside of its component.
  const text = JSON.stringify(schema).replaceAll(/\{"\$ref":"[^"]*"\}/gu, 'true');
  return [componentOf(name), JSON.parse(text) as object] as const;
});

/** What may be said: words under `message`, or content of another type, or a file inside the message. */
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
  attachment: z
    .strictObject({
      filename: z.string().min(1).optional(),
      mimeType: z.string().min(1),
      data: z.base64().meta({ description: 'The file, base64.' }),
    })
    .optional()
    .meta({ description: 'A file inside the message, at most about 1,000,000 bytes.' }),
};

interface SayingBody {
  message?: string | undefined;
  contentType?: string | undefined;
  content?: object | undefined;
  attachment?: { filename?: string | undefined; mimeType: string; data: string } | undefined;
}

/** The same for the agent. @throws ServerError INVALID_REQUEST */
export function readSaying({ message, contentType, content, attachment }: SayingBody) {
  if ([message, content, attachment].filter((part) => part !== undefined).length !== 1) {
    throw new ServerError({ code: 'INVALID_REQUEST', metaMessages: ['Give one of message, content and attachment.'] });
  }
  if (attachment === undefined) return { text: message, contentType, content };
  if (contentType !== undefined) {
    throw new ServerError({ code: 'INVALID_REQUEST', metaMessages: ['An attachment has its type in mimeType.'] });
  }
  const { data, ...file } = attachment;
  return { contentType: 'attachment', content: { ...file, content: data } };
}
