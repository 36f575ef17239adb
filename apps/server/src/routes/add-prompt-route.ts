import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readers } from '../callers/audience-of.ts';
import type { AppEnv } from '../http/types.ts';
import { jsonOrText, problems, promptSchema } from './schemas.ts';
import type { Services } from './services.ts';

const route = createRoute({
  method: 'get',
  path: '/xmtp/prompt',
  security: readers,
  operationId: 'getPrompt',
  tags: ['agent'],
  summary: 'The fragment for the system prompt that explains the boundary of this agent',
  request: { query: z.object({ format: z.enum(['json', 'text']).default('json') }) },
  responses: {
    200: jsonOrText(promptSchema, 'The fragment.'),
    ...problems,
  },
});

export function addPromptRoute(app: OpenAPIHono<AppEnv>, { runtime, boundaryMode }: Services): void {
  app.openapi(route, (context) => {
    const prompt = runtime.requireHome().boundary.systemPrompt();
    if (context.req.valid('query').format === 'text') return context.text(prompt, 200);
    return context.json({ prompt, mode: boundaryMode }, 200);
  });
}
