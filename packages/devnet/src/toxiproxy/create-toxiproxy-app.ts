import { isBaseError, parseJson } from '@xmtp-messaging/errors';
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { refuseBrowsers } from '../http/refuse-browsers.ts';
import type { ToxicProxies } from './create-toxic-proxies.ts';
import { newProxySchema, newToxicSchema, proxyChangeSchema, toxicChangeSchema } from './toxic-schema.ts';
import { ToxiproxyError } from './toxiproxy-error.ts';

/** The version of toxiproxy whose HTTP interface this is. */
const version = '2.12.0';

/** Toxiproxy's HTTP interface. A POST changes what is there, as a PATCH does. */
export function createToxiproxyApp(proxies: ToxicProxies): Hono {
  const app = new Hono();
  app.use(refuseBrowsers);
  app.onError((error, context) => {
    if (error instanceof ToxiproxyError) return answer(context, error.message, error.status);
    if (isBaseError(error)) return answer(context, error.shortMessage, 500);
    if (error instanceof HTTPException) return answer(context, error.message, error.status);
    return answer(context, 'internal error of the devnet', 500);
  });
  app.notFound((context) => answer(context, 'not found', 404));
  app.get('/version', (context) => context.json({ version }));
  app.post('/reset', async (context) => {
    await proxies.reset();
    return context.body(null, 204);
  });
  app.post('/populate', async (context) => {
    const plans = await read(context, z.array(newProxySchema));
    return context.json({ proxies: await proxies.populate(plans) }, 201);
  });
  app.get('/proxies', (context) => context.json(proxies.list()));
  app.post('/proxies', async (context) => context.json(await proxies.create(await read(context, newProxySchema)), 201));
  app.get('/proxies/:proxy', (context) => context.json(proxies.get(context.req.param('proxy')).describe()));
  app.on(['POST', 'PATCH'], '/proxies/:proxy', async (context) =>
    context.json(await proxies.update(context.req.param('proxy'), await read(context, proxyChangeSchema))),
  );
  app.delete('/proxies/:proxy', async (context) => {
    await proxies.remove(context.req.param('proxy'));
    return context.body(null, 204);
  });
  app.get('/proxies/:proxy/toxics', (context) => context.json(proxies.get(context.req.param('proxy')).toxics()));
  app.post('/proxies/:proxy/toxics', async (context) =>
    context.json(proxies.addToxic(context.req.param('proxy'), await read(context, newToxicSchema))),
  );
  app.get('/proxies/:proxy/toxics/:toxic', (context) => context.json(proxies.getToxic(context.req.param())));
  app.on(['POST', 'PATCH'], '/proxies/:proxy/toxics/:toxic', async (context) =>
    context.json(proxies.changeToxic(context.req.param(), await read(context, toxicChangeSchema))),
  );
  app.delete('/proxies/:proxy/toxics/:toxic', (context) => {
    proxies.removeToxic(context.req.param());
    return context.body(null, 204);
  });
  return app;
}

function answer(context: Context, error: string, status: number): Response {
  return context.json({ error, status }, status as 400);
}

async function read<T>(context: Context, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(parseJson(await context.req.text()));
  if (!parsed.success) throw new ToxiproxyError(`bad request body: ${z.prettifyError(parsed.error)}`, 400);
  return parsed.data;
}
