import { createApp } from '../src/http/create-app.ts';
import { type ApiDocument, describeApi } from '../src/http/describe-api.ts';
import { createLogger } from '../src/log/create-logger.ts';
import { openPaths } from '../src/routes/add-operation-routes.ts';
import { outboundComponents } from '../src/routes/saying-schema.ts';
import type { Services } from '../src/routes/services.ts';

let known: ApiDocument | undefined;

/** The OpenAPI document, of an app that answers nothing. */
export function apiDocument(): ApiDocument {
  return (known ??= describe());
}

/** Every route that the app answers, `get /path`, whether the document knows it or not. */
export function registeredRoutes(): string[] {
  const found = open().routes.map(
    ({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/gu, '{$1}')}`,
  );
  return [...new Set(found)];
}

function open(): ReturnType<typeof createApp> {
  const never = (): never => {
    throw new Error('this app only describes itself');
  };
  return createApp({
    services: { now: Date.now, version: '0.0.0' } as Services,
    door: {
      allowedHosts: [],
      agent: { id: undefined, address: never },
      callers: { find: never, knowsOperator: never, wantsTokens: false },
      sendsPerMinute: 1,
      open: openPaths,
      closing: never,
      now: Date.now,
    },
    sessions: { open: never, isOpen: never },
    logger: createLogger({ level: 'silent', destination: { write: never } }),
  });
}

function describe(): ApiDocument {
  // As it goes over the wire.
  return JSON.parse(
    JSON.stringify(
      describeApi(open(), {
        version: '0.0.0',
        description: 'The surface of an agent.',
        open: openPaths,
        schemas: outboundComponents,
      }),
    ),
  ) as ApiDocument;
}
