import { isIPv6 } from 'node:net';
import { createElapsedClock } from '@xmtp-messaging/errors';
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { checkContentType, checkHost, checkOrigin, checkToken, type RequestFacts, tokenDigest } from './guards.ts';
import { type Problem, problemResponse } from './problem.ts';
import { createRateLimiter } from './rate-limiter.ts';
import type { AppEnv } from './types.ts';

type Handler = MiddlewareHandler<AppEnv>;

/** Answers with the first problem that a check finds. */
function guard(check: (facts: RequestFacts, context: Context<AppEnv>) => Problem | null): Handler {
  return async (context, next) => {
    const problem = check({ method: context.req.method, header: (name) => context.req.header(name) }, context);
    if (problem !== null) return problemResponse(problem, context.get('requestId'));
    return next();
  };
}

/** Options of the door. */
export interface DoorOptions {
  allowedHosts: readonly string[];
  token: string | undefined;
  sendsPerMinute: number;
  /** Paths that need no token. */
  open: ReadonlySet<string>;
  /** Whether the server is going down. */
  closing: () => boolean;
  now: () => number;
}

/** Everything a request must pass before a route sees it, cheapest first. */
export function doorMiddleware(options: DoorOptions): Handler[] {
  const { token, sendsPerMinute, now } = options;
  const hosts = new Set(options.allowedHosts.map((name) => (isIPv6(name) ? `[${name}]` : name).toLowerCase()));
  const requests = createRateLimiter({ perMinute: 12_000, burst: 2000, now });
  const sends = createRateLimiter({ perMinute: sendsPerMinute, burst: sendsPerMinute * 5, now });
  const digest = token === undefined ? null : tokenDigest(token);
  return [
    guard(() => (options.closing() ? closingProblem : null)),
    guard((facts) => checkHost(facts, hosts)),
    guard((facts) => checkOrigin(facts, hosts)),
    guard((_, context) => limited(requests.take(callerOf(context)))),
    guard((facts, context) =>
      digest === null || options.open.has(context.req.path) ? null : checkToken(facts, digest),
    ),
    guard(checkContentType),
    guard((facts, context) =>
      facts.method === 'POST' && isSend(context.req.path) ? limited(sends.take(callerOf(context))) : null,
    ),
  ];
}

const closingProblem: Problem = {
  status: 503,
  code: 'SHUTTING_DOWN',
  detail: 'The server is shutting down.',
  retryAfter: 5,
  headers: { connection: 'close' },
};

function isSend(path: string): boolean {
  return path === '/xmtp/send' || /^\/xmtp\/messages\/[^/]+\/reply$/u.test(path);
}

function limited(waitMs: number): Problem | null {
  if (waitMs === 0) return null;
  return {
    status: 429,
    code: 'TOO_MANY_REQUESTS',
    detail: 'This caller asks too often.',
    hint: 'Wait as long as Retry-After says.',
    retryAfter: waitMs / 1000,
  };
}

function callerOf(context: Context<AppEnv>): string {
  return context.env?.incoming?.socket.remoteAddress ?? 'in-process';
}

/** One log line and one observation per request; routes by their pattern, so no id and no name gets in. */
export function observe(logger: Logger, metrics: Metrics, now: () => number): Handler {
  const elapsed = createElapsedClock(now);
  return async (context, next) => {
    const start = elapsed();
    await next();
    const route = routePath(context, -1);
    const facts = { method: knownMethod(context.req.method), route, status: context.res.status };
    metrics.request({ ...facts, seconds: (elapsed() - start) / 1000 });
    const level = context.res.status >= 500 ? 'warn' : route === '/healthz' || route === '/metrics' ? 'debug' : 'info';
    logger[level]({
      event: 'request-answered',
      requestId: context.get('requestId'),
      ...facts,
      ms: Math.round(elapsed() - start),
    });
  };
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function knownMethod(method: string): string {
  return methods.has(method) ? method : 'other';
}
