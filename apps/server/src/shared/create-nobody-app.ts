import type { OpenAPIHono } from '@hono/zod-openapi';
import { createApp } from '../http/create-app.ts';
import type { DoorOptions } from '../http/door-middleware.ts';
import type { AppEnv } from '../http/types.ts';
import type { Logger } from '../log/create-logger.ts';
import type { Services } from '../routes/services.ts';
import { version } from '../version.ts';

/**
 * Answers for an agent that is not there exactly as one that is answers a caller with a wrong token, whichever route is asked for: which
 * agents there are is found out by nobody who has no token of theirs.
 */
export function createNobodyApp(options: {
  door: DoorOptions;
  logger: Logger;
  now: () => number;
}): OpenAPIHono<AppEnv> {
  const { door, logger, now } = options;
  const callers = { find: () => null, knowsOperator: () => true, wantsTokens: true };
  // No caller is known and no path is open, so that no route is ever reached, and none of what routes work with is needed.
  const services = { metrics: { request: () => {} }, now, version, maxFileBytes: null } as unknown as Services;
  const pathOf = (path: string) => path.replace(/^\/agents\/[^/]+/u, '');
  return createApp({
    services,
    door: { ...door, callers, metrics: 'guarded', open: new Set() },
    logger,
    sessions: null,
    pathOf,
  });
}
