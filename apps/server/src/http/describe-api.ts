import type { OpenAPIHono } from '@hono/zod-openapi';
import { type Audience, audienceOf } from '../callers/audience-of.ts';
import { problemsOf } from '../routes/schemas.ts';
import type { AppEnv } from './types.ts';

/** The OpenAPI document of the HTTP surface. */
export type ApiDocument = ReturnType<OpenAPIHono<AppEnv>['getOpenAPI31Document']>;

/** What the description needs beside the routes. */
export interface DescribeApiOptions {
  /** Of this server. */
  version: string;
  description: string;
  /** What stands before the paths of all routes. @default '' */
  basePath?: string | undefined;
  /** Paths where the door asks for nothing. */
  open: ReadonlySet<string>;
  /** Schemas that the definitions of routes refer to by name, made when they are described. @default none */
  schemas?: (() => readonly (readonly [name: string, schema: object])[]) | undefined;
}

/**
 * Describes the routes of an app, as their definitions say it. What the door may answer before a route is asked stands in
 * each of them, so that no definition must repeat it.
 */
export function describeApi(app: OpenAPIHono<AppEnv>, options: DescribeApiOptions): ApiDocument {
  const { version, description, basePath = '', open } = options;
  const { openAPIRegistry: registry } = app;
  for (const [name, what] of securitySchemes)
    registry.registerComponent('securitySchemes', name, { type: 'http', scheme: 'bearer', description: what });
  for (const [name, schema] of options.schemas?.() ?? []) registry.registerComponent('schemas', name, schema);
  for (const definition of registry.definitions) {
    if (definition.type !== 'route') continue;
    const { route } = definition;
    const ofDoor = problemsOf(
      ...doorStatuses({ method: route.method, isOpen: open.has(route.path), audience: audienceOf(route.security) }),
    );
    definition.route = { ...route, responses: { ...ofDoor, ...route.responses } };
  }
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'XMTP Messaging',
      version,
      description,
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT.html' },
    },
    servers: [
      {
        url: basePath === '' ? '/' : basePath,
        description: 'Where this document came from; http://127.0.0.1:4101 unless told otherwise.',
      },
    ],
    tags: tags.map(([name, what]) => ({ name, description: what })),
  });
  shareProblems(document);
  barePatterns(document);
  return document;
}

/** Each problem stands in the document once. */
function shareProblems({ paths, components }: ApiDocument): void {
  if (components === undefined) return;
  const shared = (components.responses ??= {});
  for (const operation of Object.values(paths ?? {}).flatMap((methods): unknown[] => Object.values(methods))) {
    const { responses } = operation as { responses: Record<string, (typeof shared)[string]> };
    for (const [status, response] of Object.entries(responses)) {
      if (!('content' in response) || response.content?.['application/problem+json'] === undefined) continue;
      shared[`Problem${status}`] = response;
      responses[status] = { $ref: `#/components/responses/Problem${status}` };
    }
  }
}

/** A pattern is the expression alone; the generator leaves the flags of ours behind it. */
function barePatterns(part: unknown): void {
  if (typeof part !== 'object' || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    if (key === 'pattern' && typeof value === 'string') Object.assign(part, { pattern: value.replace(/\/u$/u, '') });
    else barePatterns(value);
  }
}

const securitySchemes = [
  ['agent', 'XMTP_API_TOKEN, for read, send or both. On the loopback address none is needed unless one was set.'],
  ['operator', 'operator.token of the home folder, or XMTP_OPERATOR_TOKEN. Good for every route.'],
] as const;

const tags = [
  ['messages', 'What was received, and sending.'],
  ['conversations', 'With whom this agent speaks, both directions.'],
  ['groups', 'Making and changing groups.'],
  ['agent', 'Who this agent is, and whom names lead to.'],
  ['health', 'Whether it works.'],
  ['delivery', 'What is pushed to the agent, and what could not be.'],
  ['trust', "Who may be heard: the operator's."],
  ['page', "How the operator's page is opened."],
] as const;

/** What the door answers with; the headers of a request that is no HTTP never get that far. */
function doorStatuses(route: { method: string; isOpen: boolean; audience: Audience }): number[] {
  const { method, isOpen, audience } = route;
  if (isOpen) return [400, 500, 503];
  return [
    400,
    ...(audience === 'public' ? [] : [401]),
    403,
    ...(method === 'get' ? [] : [413, 415]),
    422,
    429,
    500,
    503,
  ];
}
