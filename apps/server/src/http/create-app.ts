import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Logger } from '../log/create-logger.ts';
import { addActivityRoutes } from '../routes/add-activity-routes.ts';
import { addAttachmentRoute } from '../routes/add-attachment-route.ts';
import { addAuditRoute } from '../routes/add-audit-route.ts';
import { addBackupRoute } from '../routes/add-backup-route.ts';
import { addChangesRoute } from '../routes/add-changes-route.ts';
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
import { addReverseRoute } from '../routes/add-reverse-route.ts';
import { addSendRoute } from '../routes/add-send-route.ts';
import { addSenderListRoutes } from '../routes/add-sender-list-routes.ts';
import { bodyLimit, outboundComponents } from '../routes/saying-schema.ts';
import type { Services } from '../routes/services.ts';
import { addStatusRoute } from '../routes/add-status-route.ts';
import { addPageRoutes, type PageRoutesOptions } from '../page/add-page-routes.ts';
import { readPageFiles } from '../page/read-page-files.ts';
import { createShell, usualBodyBytes } from './create-shell.ts';
import type { DoorOptions } from './door-middleware.ts';
import type { AppEnv } from './types.ts';

/** Options of the HTTP surface. */
export interface AppOptions {
  services: Services;
  door: DoorOptions;
  logger: Logger;
  /** How the operator's page is opened; `null` where a port of several agents has the page. */
  sessions: PageRoutesOptions['sessions'] | null;
  /** What stands before the paths of all routes, such as `/agents/ana`. @default '' */
  basePath?: string | undefined;
  /** The path of a route in that of a request. @default without `basePath` */
  pathOf?: ((path: string) => string) | undefined;
}

/** The whole HTTP surface of an agent, independent of any socket: `app.request()` is its test. */
export function createApp({ services, door, logger, sessions, basePath, pathOf }: AppOptions): OpenAPIHono<AppEnv> {
  const { metrics, now, version, maxFileBytes } = services;
  const bodyLimitOf = (path: string) => bodyLimit(path, { usual: usualBodyBytes, maxFileBytes });
  const description = "One agent's encrypted mailbox.";
  const about = { version, description, schemas: outboundComponents };
  const page = sessions === null ? undefined : readPageFiles();
  const shell = { door, metrics, logger, now, ...about, basePath, pathOf, bodyLimitOf, page };
  return createShell(shell, (app) => {
    addSendRoute(app, services);
    addStatusRoute(app, services);
    addMessageRoutes(app, services);
    addTextRoute(app, services);
    addAttachmentRoute(app, services);
    addReplyRoute(app, services);
    addReactRoute(app, services);
    addConversationRoutes(app, services);
    addEventsRoute(app, services);
    addChangesRoute(app, services);
    addActivityRoutes(app, services);
    addAuditRoute(app, services);
    addBackupRoute(app, services);
    addSenderListRoutes(app, services, 'allowlist');
    addSenderListRoutes(app, services, 'denylist');
    addGroupListRoutes(app, services);
    addDroppedRoute(app, services);
    addKnocksRoute(app, services);
    addGroupRoutes(app, services);
    addDeadLetterRoutes(app, services);
    addPromptRoute(app, services);
    addResolveRoute(app, services);
    addReverseRoute(app, services);
    addMcpRoute(app, services, logger);
    addOperationRoutes(app, services);
    if (sessions !== null) addPageRoutes(app, { sessions, view: 'agent', now });
  });
}
