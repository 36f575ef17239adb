import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { mayBeHeard } from '@xmtp-messaging/agent';
import { readers } from '../callers/audience-of.ts';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { nameOrAddress, resolvedSchema } from './name-schemas.ts';
import { json, problems, problemsOf } from './schemas.ts';
import type { Services } from './services.ts';

const route = createRoute({
  method: 'get',
  path: '/xmtp/resolve',
  security: readers,
  operationId: 'resolveName',
  tags: ['agent'],
  summary: 'The address that a name leads to now',
  request: { query: z.object({ name: nameOrAddress }) },
  responses: {
    200: json(resolvedSchema, 'Who it is, and who says so.'),
    ...problems,
    ...problemsOf(404, 502, 504),
  },
});

export function addResolveRoute(app: OpenAPIHono<AppEnv>, { runtime, resolver, mode }: Services): void {
  app.openapi(route, async (context) => {
    const home = runtime.requireHome();
    const { name } = context.req.valid('query');
    const found = await resolver.resolve(name, { signal: callerSignal(context) });
    const { address, source, verified } = found;
    return context.json(
      { name: found.name, address, source, verified, heard: mayBeHeard({ home, mode })(address) },
      200,
    );
  });
}
