import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { type Attachment, readAttachment, readAttachmentText } from '@xmtp-messaging/agent';
import { readers } from '../callers/audience-of.ts';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { json, messageId, problems, problemsOf, textPageSchema, whole } from './schemas.ts';
import type { Services } from './services.ts';

/** Where files of strangers are given out, as Hono writes paths. */
export const attachmentPath = '/xmtp/messages/:id/attachments/:n';

/** A browser that shows the answer all the same gives it an origin of its own, and runs nothing. */
export const sandboxed: MiddlewareHandler<AppEnv> = async (context, next) => {
  await next();
  context.res.headers.set('content-security-policy', "default-src 'none'; sandbox");
};

const params = z.object({
  id: messageId,
  n: z
    .string()
    .regex(/^\d{1,4}$/u, 'must be a whole number')
    .transform(Number)
    .meta({ type: 'integer' }),
});

const route = createRoute({
  method: 'get',
  path: '/xmtp/messages/{id}/attachments/{n}',
  operationId: 'getAttachment',
  tags: ['messages'],
  summary: 'A file of a message that was heard or sent: fetched when it lies elsewhere, checked, in the clear',
  security: readers,
  request: { params },
  responses: {
    200: {
      description: 'The file. Its type is what its content says; its name and its bytes are the words of its sender.',
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
    ...problems,
    ...problemsOf(404, 409, 413, 502, 504),
  },
});

const textRoute = createRoute({
  method: 'get',
  path: '/xmtp/messages/{id}/attachments/{n}/text',
  operationId: 'getAttachmentText',
  tags: ['messages'],
  summary: 'Some lines of a text file, inside the boundary of its message',
  security: readers,
  request: {
    params,
    query: z.object({
      from: whole(1, 10_000_000, 1).meta({ description: 'The first line, from 1.' }),
      lines: whole(1, 10_000, 10_000).meta({ description: 'At most; by default what a block holds.' }),
    }),
  },
  responses: { 200: json(textPageSchema, 'Some lines of it.'), ...problems, ...problemsOf(404, 409, 413, 502, 504) },
});

export function addAttachmentRoute(app: OpenAPIHono<AppEnv>, { runtime, attachments }: Services): void {
  app.openapi(route, async (context) => {
    const { id, n } = context.req.valid('param');
    const parts = { ...runtime.requireAgent(), attachments };
    const file = await readAttachment(parts, { messageId: id, index: n, signal: callerSignal(context) });
    return context.body(new Uint8Array(file.bytes), 200, headersOf(file));
  });
  app.openapi(textRoute, async (context) => {
    const { id, n } = context.req.valid('param');
    const parts = { ...runtime.requireAgent(), attachments };
    const asked = { messageId: id, index: n, signal: callerSignal(context), ...context.req.valid('query') };
    return context.json(await readAttachmentText(parts, asked), 200);
  });
}

/** Nothing of a stranger stands in a header as it is, and no browser opens the file in our name. */
function headersOf({ mimeType, filename, bytes, isMislabelled }: Attachment): Record<string, string> {
  const name = filename === null ? '' : `; filename*=UTF-8''${encodeRfc8187(filename)}`;
  return {
    'content-type': mimeType === 'text/plain' ? 'text/plain; charset=utf-8' : mimeType,
    'content-length': String(bytes.length),
    'content-disposition': `attachment${name}`,
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    ...(isMislabelled ? { 'xmtp-findings': 'mislabelled' } : {}),
  };
}

/** `ext-value` of RFC 8187: what is left is letters, digits and percent signs. */
function encodeRfc8187(value: string): string {
  const escape = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(value).replace(/['()*]/gu, escape);
}
