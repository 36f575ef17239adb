import { isBaseError, parseJson } from '@xmtp-messaging/errors';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { faultPlanSchema, streamMethodSchema } from '../faults/fault-plan-schema.ts';
import { grpcCodes, type GrpcCode } from '../grpc-error.ts';
import type { FaultControl } from '../types.ts';
import { refuseBrowsers } from './refuse-browsers.ts';

export interface ControlAppOptions {
  readonly faults: FaultControl;
  readonly status: () => object;
  readonly advance: (ms: number) => void;
  readonly snapshot: () => string;
  readonly revert: (id: string) => void;
}

const dropSchema = z.strictObject({
  method: streamMethodSchema,
  code: z.enum(['OK', ...(Object.keys(grpcCodes) as GrpcCode[])]).optional(),
  message: z.string().optional(),
});

const advanceSchema = z.strictObject({ ms: z.number().positive() });

const revertSchema = z.strictObject({ id: z.string() });

/** What the network holds, and how to make it misbehave while it runs. */
export function createControlApp(options: ControlAppOptions): Hono {
  const { faults, status, advance, snapshot, revert } = options;
  const app = new Hono();
  app.onError((error) => {
    if (isBaseError(error)) return new Response(error.message, { status: 400 });
    return error instanceof HTTPException ? error.getResponse() : new Response('internal error', { status: 500 });
  });
  for (const path of ['/status', '/faults', '/faults/*', '/advance', '/snapshot', '/revert'])
    app.use(path, refuseBrowsers);
  app.get('/status', (context) => context.json(status()));
  app.get('/faults', (context) => context.json(faults.plan()));
  app.put('/faults', async (context) => {
    faults.set(await read(context.req.text(), faultPlanSchema));
    return context.json(faults.plan());
  });
  app.delete('/faults', (context) => {
    faults.clear();
    return context.json(faults.plan());
  });
  app.post('/advance', async (context) => {
    advance((await read(context.req.text(), advanceSchema)).ms);
    return context.body(null, 204);
  });
  app.post('/snapshot', (context) => context.json({ id: snapshot() }));
  app.post('/revert', async (context) => {
    revert((await read(context.req.text(), revertSchema)).id);
    return context.body(null, 204);
  });
  app.post('/faults/drop-streams', async (context) => {
    const options = await read(context.req.text(), dropSchema);
    return context.json({ dropped: faults.dropStreams(options) });
  });
  return app;
}

async function read<T>(body: Promise<string>, schema: z.ZodType<T>): Promise<T> {
  const text = await body;
  const value = text === '' ? {} : parseJson(text);
  if (value === undefined) throw new HTTPException(400, { message: 'the body is not JSON' });
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new HTTPException(400, { message: z.prettifyError(parsed.error) });
  return parsed.data;
}
