import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readers } from '../callers/audience-of.ts';
import { ServerError } from '../errors.ts';
import type { AppEnv } from '../http/types.ts';
import { blockOf, linkTo, wantsText } from '../http/wants-text.ts';
import { format, jsonOrText, messageId, problems, problemsOf, textPageSchema, whole } from './schemas.ts';
import type { Services } from './services.ts';

const route = createRoute({
  method: 'get',
  path: '/xmtp/messages/{id}/text',
  security: readers,
  operationId: 'getMessageText',
  tags: ['messages'],
  summary: 'The whole of a long message, heard or sent, page by page',
  description:
    'Each page is a block of its own, behind the same boundary. It may hold fewer lines than were asked for.',
  request: {
    params: z.object({ id: messageId }),
    query: z.object({
      from: whole(1, 10_000_000, 1).meta({ description: 'The first line, from 1.' }),
      lines: whole(1, 10_000, 10_000).meta({ description: 'At most; by default what a block holds.' }),
      format,
    }),
  },
  responses: { 200: jsonOrText(textPageSchema, 'Some lines of it.'), ...problems, ...problemsOf(404) },
});

export function addTextRoute(app: OpenAPIHono<AppEnv>, { runtime }: Services): void {
  app.openapi(route, async (context) => {
    const { home, mailbox } = runtime.requireAgent();
    const message = await mailbox.conversations.message(context.req.valid('param').id);
    if (message === null) throw new ServerError({ code: 'MESSAGE_NOT_FOUND' });
    const { format: asked, ...range } = context.req.valid('query');
    const page = home.textPage(message, range);
    if (!wantsText(context, asked)) return context.json(page, 200);
    const next = page.next === null ? null : { from: String(page.next) };
    return context.text(`${blockOf(page)}\n`, 200, linkTo(context.req.url, next));
  });
}
