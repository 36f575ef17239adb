import { OpenAPIHono, type z } from '@hono/zod-openapi';
import { causesOf, isBaseError } from '@xmtp-messaging/errors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { getPath } from 'hono/utils/url';
import { describeError, type Logger } from '../log/create-logger.ts';
import type { Metrics } from '../metrics/create-metrics.ts';
import { attachmentPath, sandboxed } from '../routes/add-attachment-route.ts';
import { checkQuery } from './check-query.ts';
import { createRouteTable } from './create-route-table.ts';
import type { PageFiles } from '../page/read-page-files.ts';
import { pageHeaders, pageRoutes, servePage } from '../page/serve-page.ts';
import { type ApiDocument, describeApi, type DescribeApiOptions } from './describe-api.ts';
import { type DoorOptions, doorMiddleware, observe } from './door-middleware.ts';
import { errorToProblem } from './error-to-problem.ts';
import { callerGone, type Problem, problemResponse } from './problem.ts';
import { readBody } from './read-body.ts';
import type { AppEnv } from './types.ts';

// 1,000,000 bytes of text may be escaped to about four times that in JSON.
export const usualBodyBytes = 4_500_000;

/** What stands around routes. */
export interface ShellOptions {
  door: DoorOptions;
  metrics: Pick<Metrics, 'request'>;
  logger: Logger;
  now: () => number;
  /** For the description of the routes. */
  version: string;
  description: string;
  /** What stands before the paths of all routes, where somebody else put it there. @default '' */
  basePath?: string | undefined;
  /** The path of a route in that of a request. @default without `basePath` */
  pathOf?: ((path: string) => string) | undefined;
  /** As `describeApi` takes them. @default none */
  schemas?: DescribeApiOptions['schemas'];
  /** Bytes that the body of a request to this path may have. @default `usualBodyBytes` */
  bodyLimitOf?: ((path: string) => number) | undefined;
  /** Of the operator's page. @default there is none */
  page?: PageFiles | undefined;
}

/** Everything but the routes: the door, bodies, problems, logs, and the description of what `addRoutes` adds. */
export function createShell(options: ShellOptions, addRoutes: (app: OpenAPIHono<AppEnv>) => void): OpenAPIHono<AppEnv> {
  const { door, metrics, logger, now, basePath = '' } = options;
  const { pathOf = (path) => withoutBase(path, basePath) } = options;
  const app = new OpenAPIHono<AppEnv>({
    getPath: (request) => pathOf(getPath(request)),
    defaultHook: (result, context) => {
      if (!result.success) return problemResponse(invalid(result.target, result.error), context.get('requestId'));
      return undefined;
    },
  });
  app.use(requestId({ limitLength: 64 }));
  app.use(observe(logger, metrics, now));
  // Around the next one, which sets its own on whatever passes.
  app.use(attachmentPath, sandboxed);
  if (options.page !== undefined) app.use(pageHeaders);
  app.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      xFrameOptions: 'DENY',
      referrerPolicy: 'no-referrer',
      // Transport security is the business of whoever puts TLS in front.
      strictTransportSecurity: false,
    }),
  );
  app.use(async (context, next) => {
    await next();
    if (!context.res.headers.has('cache-control')) context.res.headers.set('cache-control', 'no-store');
  });
  const routeOf = createRouteTable(app, options.page === undefined ? [] : pageRoutes);
  app.use(doorMiddleware(door, routeOf));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, methods) => problemResponse(notAllowed(methods), context.get('requestId')),
    }),
  );
  app.use(checkQuery(routeOf, door.open));
  app.use(readBody(options.bodyLimitOf ?? (() => usualBodyBytes)));

  addRoutes(app);
  if (options.page !== undefined) servePage(app, options.page);
  let described: ApiDocument | undefined;
  const { version, description, schemas } = options;
  app.get('/openapi.json', (context) =>
    context.json((described ??= describeApi(app, { version, description, basePath, open: door.open, schemas }))),
  );

  app.notFound((context) =>
    problemResponse(
      {
        status: 404,
        code: 'ROUTE_NOT_FOUND',
        detail: 'There is no such route.',
        hint: 'GET /openapi.json lists the routes.',
      },
      context.get('requestId'),
    ),
  );
  app.onError((error, context) => {
    const requestId = context.get('requestId');
    if (context.req.raw.signal.aborted) return problemResponse(callerGone, requestId);
    const problem = errorToProblem(error);
    if (problem.status >= 500) {
      // The summary of one of our errors may name the recipient; the caller has it in the answer.
      const facts = isBaseError(error)
        ? { code: error.code, error: error.name, causes: causesOf(error) }
        : { code: problem.code, ...describeError(error) };
      logger.warn({ event: 'request-failed', requestId, ...facts });
    }
    return problemResponse(problem, requestId);
  });
  return app;
}

/** Routes know nothing of what stands before them. */
function withoutBase(path: string, base: string): string {
  return base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
}

function notAllowed(methods: readonly string[]): Problem {
  return {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    detail: 'This route does not take this method.',
    headers: { allow: methods.join(', ') },
  };
}

function invalid(target: string, error: z.ZodError): Problem {
  return {
    status: 422,
    code: 'INVALID_REQUEST',
    detail: 'The request does not have the form that this route takes.',
    hint: 'See errors for each part, and GET /openapi.json for the form.',
    errors: error.issues.slice(0, 20).map((issue) => ({
      pointer: `#/${[target === 'json' ? 'body' : target, ...issue.path].map((part) => String(part).slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`,
      detail: issue.message.slice(0, 200),
    })),
  };
}
