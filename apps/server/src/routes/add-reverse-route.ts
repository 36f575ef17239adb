import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { readers } from '../callers/audience-of.ts';
import { callerSignal } from '../http/caller-signal.ts';
import type { AppEnv } from '../http/types.ts';
import { recipientSchema } from './name-schemas.ts';
import { json, problems, problemsOf } from './schemas.ts';
import type { Services } from './services.ts';

const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/u, 'must be an address');

const route = createRoute({
  method: 'get',
  path: '/xmtp/reverse',
  security: readers,
  operationId: 'reverseAddress',
  tags: ['agent'],
  summary: 'The name that an address claims, if it leads back to the address',
  request: { query: z.object({ address }) },
  responses: {
    200: json(
      recipientSchema
        .extend({
          source: z.string().nullable().meta({ description: 'Who tells of the claim; `null` without a name.' }),
          verified: z.boolean().meta({ description: 'Whether the chain confirmed that the name leads back.' }),
        })
        .meta({ id: 'Reversed' }),
      'What it is called, as far as anybody may call itself so.',
    ),
    ...problems,
    ...problemsOf(502, 504),
  },
});

export function addReverseRoute(app: OpenAPIHono<AppEnv>, { resolver }: Services): void {
  app.openapi(route, async (context) => {
    const asked = context.req.valid('query').address;
    const found = await resolver.reverse(asked, { signal: callerSignal(context) });
    const { name = null, source = null, verified = false } = found ?? {};
    return context.json({ name, address: found?.address ?? asked, source, verified }, 200);
  });
}
