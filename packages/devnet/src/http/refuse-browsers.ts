import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;

/** A page in the developer's browser must not steer the network, whatever name it resolves to us. */
export const refuseBrowsers: MiddlewareHandler = async (context, next) => {
  const host = context.req.header('host') ?? '';
  if (context.req.header('origin') !== undefined || !loopback.test(host)) {
    throw new HTTPException(403, { message: 'only programs on this machine may use the control endpoint' });
  }
  await next();
};
