import { OpenAPIHono, type z } from '@hono/zod-openapi';
import { causesOf, isBaseError } from '@xmtp-messaging/errors';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { requestId } from 'hono/request-id';
import { secureHeaders } from 'hono/secure-headers';
import { describeError, type Logger } from '../log/create-logger.ts';
import { addAttachmentRoute, attachmentPath, sandboxed } from '../routes/add-attachment-route.ts';
import { addConversationRoutes } from '../routes/add-conversation-routes.ts';
import { addDeadLetterRoutes } from '../routes/add-dead-letter-routes.ts';
import { addDroppedRoute } from '../routes/add-dropped-route.ts';
import { addEventsRoute } from '../routes/add-events-route.ts';
import { addMcpRoute } from '../routes/add-mcp-route.ts';
import { addGroupListRoutes } from '../routes/add-group-list-routes.ts';
import { addGroupRoutes } from '../routes/add-group-routes.ts';
import { addKnocksRoute } from '../routes/add-knocks-route.ts';
import { addTextRoute } from '../routes/add-text-route.ts';
import { addMessageRoutes } from '../routes/add-message-routes.ts';
import { addOperationRoutes } from '../routes/add-operation-routes.ts';
import { addPromptRoute } from '../routes/add-prompt-route.ts';
import { addReactRoute } from '../routes/add-react-route.ts';
import { addReplyRoute } from '../routes/add-reply-route.ts';
import { addResolveRoute } from '../routes/add-resolve-route.ts';
import { addSendRoute } from '../routes/add-send-route.ts';
import { addSenderListRoutes } from '../routes/add-sender-list-routes.ts';
import { bodyLimit, outboundComponents } from '../routes/saying-schema.ts';
import type { Services } from '../routes/services.ts';
import { addStatusRoute } from '../routes/add-status-route.ts';
import { checkQuery } from './check-query.ts';
import { errorToProblem } from './error-to-problem.ts';
import { type DoorOptions, doorMiddleware, observe } from './door-middleware.ts';
import { callerGone, type Problem, problemResponse } from './problem.ts';
import { readBody } from './read-body.ts';
import { createRouteTable } from './create-route-table.ts';
import type { AppEnv } from './types.ts';

// 1,000,000 bytes of text may be escaped to about four times that in JSON.
const maxBodyBytes = 4_500_000;

/** Options of the HTTP surface. */
export interface AppOptions {
  services: Services;
  door: DoorOptions;
  logger: Logger;
}

/** The whole HTTP surface, independent of any socket: `app.request()` is its test. */
export function createApp({ services, door, logger }: AppOptions): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: (result, context) => {
      if (!result.success) return problemResponse(invalid(result.target, result.error), context.get('requestId'));
      return undefined;
    },
  });
  app.use(requestId({ limitLength: 64 }));
  app.use(observe(logger, services.metrics, services.now));
  // Around the next one, which sets its own on whatever passes.
  app.use(attachmentPath, sandboxed);
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
  const routeOf = createRouteTable(app);
  app.use(...doorMiddleware(door, routeOf));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, methods) => problemResponse(notAllowed(methods), context.get('requestId')),
    }),
  );
  app.use(checkQuery(routeOf, door.open));
  const { maxFileBytes } = services;
  app.use(readBody((path) => bodyLimit(path, { usual: maxBodyBytes, maxFileBytes })));

  addSendRoute(app, services);
  addStatusRoute(app, services);
  addMessageRoutes(app, services);
  addTextRoute(app, services);
  addAttachmentRoute(app, services);
  addReplyRoute(app, services);
  addReactRoute(app, services);
  addConversationRoutes(app, services);
  addEventsRoute(app, services);
  addSenderListRoutes(app, services, 'allowlist');
  addSenderListRoutes(app, services, 'denylist');
  addGroupListRoutes(app, services);
  addDroppedRoute(app, services);
  addKnocksRoute(app, services);
  addGroupRoutes(app, services);
  addDeadLetterRoutes(app, services);
  addPromptRoute(app, services);
  addResolveRoute(app, services);
  addMcpRoute(app, { version: services.version, logger });
  addOperationRoutes(app, services);
  for (const [name, description] of securitySchemes)
    app.openAPIRegistry.registerComponent('securitySchemes', name, { type: 'http', scheme: 'bearer', description });
  for (const [name, schema] of outboundComponents) app.openAPIRegistry.registerComponent('schemas', name, schema);
  app.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'XMTP Messaging', version: services.version, description: "One agent's encrypted mailbox." },
  });

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

const securitySchemes = [
  ['agent', 'XMTP_API_TOKEN, for read, send or both. On the loopback address none is needed unless one was set.'],
  ['operator', 'operator.token of the home folder, or XMTP_OPERATOR_TOKEN. Good for every route.'],
] as const;

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
