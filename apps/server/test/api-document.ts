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

function describe(): ApiDocument {
  const never = (): never => {
    throw new Error('this app only describes itself');
  };
  const app = createApp({
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
  // As it goes over the wire.
  return JSON.parse(
    JSON.stringify(
      describeApi(app, {
        version: '0.0.0',
        description: 'The surface of an agent.',
        open: openPaths,
        schemas: outboundComponents,
      }),
    ),
  ) as ApiDocument;
}
