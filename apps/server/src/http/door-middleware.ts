import { isIPv6 } from 'node:net';
import { createElapsedClock } from '@xmtp-messaging/errors';
import { checkCaller } from '../callers/check-caller.ts';
import type { Callers } from '../callers/create-callers.ts';
import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { createFailureLimiter, type FailureLimiter } from './create-failure-limiter.ts';
import {
  type AgentNames,
  checkAgent,
  checkContentType,
  checkHost,
  checkOrigin,
  checkProxy,
  isUnusualJson,
  type RequestFacts,
} from './guards.ts';
import { parseHostName } from './parse-host-name.ts';
import { type Problem, problemResponse } from './problem.ts';
import { createRateLimiter } from './create-rate-limiter.ts';
import type { RouteTable } from './create-route-table.ts';
import type { AppEnv } from './types.ts';
import { whileAdmitted } from './while-admitted.ts';

type Handler = MiddlewareHandler<AppEnv>;

/** How `/metrics` is reached: as every other route, under any host name, or without a token as well. */
export type MetricsAccess = 'guarded' | 'any-host' | 'open';

/** Options of the door. */
export interface DoorOptions {
  allowedHosts: readonly string[];
  agent: AgentNames;
  callers: Callers;
  /** @default 12_000 */
  requestsPerMinute?: number | undefined;
  sendsPerMinute: number;
  /** Wrong tokens of one address before it is slowed down. @default 20 */
  freeAuthFailures?: number | undefined;
  /** Counts them where several doors are tried by the same guessers. @default one of this door */
  failures?: FailureLimiter | undefined;
  /** @default 'guarded' */
  metrics?: MetricsAccess | undefined;
  /** Paths for probes: any host, no token, no limit. */
  open: ReadonlySet<string>;
  /** Whether the server is going down. */
  closing: () => boolean;
  /** Between two looks at whose token a quiet stream was opened with, milliseconds. @default 2_000 */
  lookAtCallersMs?: number | undefined;
  /** Told once, when the first request came through a proxy that must not be there. */
  onProxy?: (() => void) | undefined;
  now: () => number;
}

/** Everything a request must pass before a route sees it. Whoever shows the token is never held up by others. */
export function doorMiddleware(options: DoorOptions, routeOf: RouteTable): Handler {
  const { callers, requestsPerMinute = 12_000, sendsPerMinute, metrics = 'guarded', now } = options;
  const hosts = new Set(options.allowedHosts.flatMap((name) => parseHostName(name) ?? []));
  const requests = createRateLimiter({ perMinute: requestsPerMinute, burst: Math.ceil(requestsPerMinute / 6), now });
  const sends = createRateLimiter({ perMinute: sendsPerMinute, burst: sendsPerMinute * 5, now });
  const failures = options.failures ?? createFailureLimiter({ free: options.freeAuthFailures ?? 20, now });
  const keyOf = (context: Context<AppEnv>) => {
    const caller = context.get('caller');
    return caller === undefined || caller.kind === 'local' ? addressOf(context) : caller.key;
  };
  const audienceOf = (method: string, path: string) => routeOf(method, path)?.audience ?? 'any';
  let sawProxy = false;

  const authenticate = (facts: RequestFacts, context: Context<AppEnv>): Problem | null => {
    const caller = callers.find(facts.header('authorization'));
    if (caller?.kind === 'local') {
      const problem = checkProxy(facts);
      if (problem !== null && !sawProxy) options.onProxy?.();
      sawProxy ||= problem !== null;
      if (problem !== null) return problem;
    }
    if (caller !== null) context.set('caller', caller);
    const problem = checkCaller(caller, audienceOf(facts.method, context.req.path), callers);
    const waitMs = problem?.status === 401 ? failures.fail(addressOf(context)) : 0;
    return waitMs === 0 ? problem : guessing(waitMs);
  };
  const admit = (facts: RequestFacts, context: Context<AppEnv>): Problem | null => {
    const { path } = context.req;
    if (options.open.has(path)) return null;
    const isMetrics = path === '/metrics' && metrics !== 'guarded';
    return (
      (isMetrics ? null : checkHost(facts, hosts)) ??
      checkOrigin(facts, hosts) ??
      (isMetrics && metrics === 'open' ? null : authenticate(facts, context)) ??
      limited(requests.take(keyOf(context))) ??
      checkAgent(facts, options.agent) ??
      checkContentType(facts)
    );
  };
  /** The first problem that there is. */
  const check = (facts: RequestFacts, context: Context<AppEnv>): Problem | null => {
    if (options.closing()) return closingProblem;
    const problem = admit(facts, context);
    if (problem !== null) return problem;
    const isSend = audienceOf(facts.method, context.req.path) === 'send';
    return isSend ? limited(sends.take(keyOf(context))) : null;
  };
  const stay = whileAdmitted({
    check: (context) => {
      const { method, path } = context.req;
      return checkCaller(callers.find(context.req.header('authorization')), audienceOf(method, path), callers);
    },
    refuse: problemResponse,
    everyMs: options.lookAtCallersMs,
    elapsed: createElapsedClock(now),
  });
  // One layer for all of it: each one costs every request some promises.
  return async (context, next) => {
    const problem = check({ method: context.req.method, header: (name) => context.req.header(name) }, context);
    if (problem !== null) return problemResponse(problem, context.get('requestId'));
    if (isUnusualJson(context.req.header('content-type')))
      context.req.raw.headers.set('content-type', 'application/json');
    return stay(context, next);
  };
}

const closingProblem: Problem = {
  status: 503,
  code: 'SHUTTING_DOWN',
  detail: 'The server is shutting down.',
  hint: 'Ask again in some seconds. Nothing is lost.',
  retryAfter: 5,
  headers: { connection: 'close' },
};

function guessing(waitMs: number): Problem {
  return {
    status: 429,
    code: 'TOO_MANY_FAILURES',
    detail: 'Too many requests with a wrong token came from this address.',
    hint: 'Correct the token. The right one is taken at any time.',
    retryAfter: waitMs / 1000,
  };
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

/** Who asks: an address, or of IPv6 the network that one machine has for itself. */
function addressOf(context: Context<AppEnv>): string {
  const address = context.env?.incoming?.socket.remoteAddress ?? 'in-process';
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const [first, last] = [head, tail].map((part) => (part === '' ? [] : part.split(':')));
  return [...first!, ...Array<string>(8 - first!.length - last!.length).fill('0'), ...last!].slice(0, 4).join(':');
}

/** One log line and one observation per request; routes by their pattern, so no id and no name gets in. */
export function observe(logger: Logger, metrics: Pick<Metrics, 'request'>, now: () => number): Handler {
  const elapsed = createElapsedClock(now);
  return async (context, next) => {
    const start = elapsed();
    await next();
    const route = routePath(context, -1);
    const facts = { method: knownMethod(context.req.method), route, status: context.res.status };
    metrics.request({ ...facts, seconds: (elapsed() - start) / 1000 });
    const level = routine.has(route) ? 'debug' : context.res.status >= 500 ? 'warn' : 'info';
    logger[level]({
      event: 'request-answered',
      requestId: context.get('requestId'),
      ...facts,
      ms: Math.round(elapsed() - start),
    });
  };
}

/** What probes ask every second. */
const routine: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics', '/xmtp/status']);

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function knownMethod(method: string): string {
  return methods.has(method) ? method : 'other';
}
