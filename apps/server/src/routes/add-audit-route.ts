import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { operators } from '../callers/audience-of.ts';
import type { AppEnv } from '../http/types.ts';
import { json, problems, whole } from './schemas.ts';
import type { Services } from './services.ts';

const line = z
  .looseObject({
    seq: z.int(),
    at: z.string(),
    by: z.string().meta({ description: 'operator, program, or file: whoever wrote the file.' }),
    action: z.string(),
    hash: z.string().meta({ description: 'Covers the line and every one before it.' }),
  })
  .meta({ id: 'AuditLine' });

const route = createRoute({
  method: 'get',
  path: '/xmtp/audit',
  security: operators,
  operationId: 'listAudit',
  tags: ['trust'],
  summary: 'Who changed what trust when',
  request: { query: z.object({ limit: whole(1, 1000, 100) }) },
  responses: {
    200: json(
      z.object({
        lines: z.array(line),
        brokenAt: z.int().nullable().meta({
          description: 'The first line that was not as it was written when the log was opened; `null`: none.',
        }),
      }),
      'The last lines of audit.log, newest first.',
    ),
    ...problems,
  },
});

export function addAuditRoute(app: OpenAPIHono<AppEnv>, { runtime }: Services): void {
  app.openapi(route, (context) => {
    const { audit } = runtime.requireHome();
    const lines = audit.recent().slice(-context.req.valid('query').limit).toReversed();
    return context.json({ lines, brokenAt: audit.brokenAt }, 200);
  });
}
