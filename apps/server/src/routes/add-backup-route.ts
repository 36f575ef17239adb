import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { operators } from '../callers/audience-of.ts';
import { passBody } from '../http/pass-body.ts';
import type { AppEnv } from '../http/types.ts';
import { problems, problemsOf } from './schemas.ts';
import type { Services } from './services.ts';

const request = z
  .strictObject({
    recipients: z.array(z.string().min(1).max(4096)).min(1).max(20).meta({
      description: 'Public keys of age (`age1…`): whoever has the secret of one can open the backup, and nobody else.',
    }),
  })
  .meta({ id: 'BackupRequest' });

const route = createRoute({
  method: 'post',
  path: '/xmtp/backup',
  security: operators,
  operationId: 'makeBackup',
  tags: ['operation'],
  summary: 'A backup of everything that this mailbox needs to go on elsewhere, sealed',
  request: { body: { required: true, content: { 'application/json': { schema: request } } } },
  responses: {
    200: {
      description:
        'A file of age (age-encryption.org/v1) around a tar archive. One that ends before its end cannot be opened.',
      content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } },
    },
    ...problems,
    ...problemsOf(422),
  },
});

/** No secret travels, in either direction: whoever asks seals it for a key that only he has. */
export function addBackupRoute(app: OpenAPIHono<AppEnv>, { runtime }: Services): void {
  app.openapi(route, async (context) => {
    const { recipients } = context.req.valid('json');
    const { stream, madeAt } = await runtime.requireAgent().mailbox.backup({ seal: { recipients } });
    const name = new Date(madeAt).toISOString().replaceAll(':', '-');
    return context.body(passBody(stream, context.env?.outgoing), 200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="xmtp-${name}.age"`,
    });
  });
}
