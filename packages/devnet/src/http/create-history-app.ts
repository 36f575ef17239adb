import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Store } from '../store/create-store.ts';

/** Largest archive, in bytes. */
export const maxFileBytes = 256 * 1024 * 1024;

/** The history server: where an installation leaves an archive for another one. */
export function createHistoryApp({ store }: { store: Store }): Hono {
  const app = new Hono();
  app.use('/upload', cors());
  app.use('/files/*', cors());
  app.post('/upload', bodyLimit({ maxSize: maxFileBytes }), async (context) => {
    const data = new Uint8Array(await context.req.arrayBuffer());
    return data.length === 0 ? context.text('the file is empty', 400) : context.text(store.files.put(data));
  });
  app.get('/files/:id', (context) => {
    const data = store.files.get(context.req.param('id'));
    if (data === null) return context.text('no such file', 404);
    return context.body(new Uint8Array(data), 200, { 'content-type': 'application/octet-stream' });
  });
  return app;
}
