import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { apiDocument } from './api-document.ts';

/** An answer of the HTTP surface. */
export interface GivenAnswer {
  method: string;
  /** With or without a query. */
  path: string;
  status: number;
  /** `Content-Type`. */
  type: string | null;
  /** Of the body; `null` when it was not read. */
  text: string | null;
}

interface Answers {
  content?: Record<string, { schema: object }>;
}
interface Operation {
  responses: Record<string, Answers | { $ref: string }>;
}

/** What stands before every route: no such route, another method, nobody is there any more, and what is no HTTP. */
const beforeRoutes = new Set([400, 404, 405, 408, 413, 415, 417, 431, 499]);
const problemRef = { $ref: '#/components/schemas/Problem' };

/** Those that were compared since somebody began to count: `get /xmtp/status 200`. */
const seen = new Set<string>();

/** Counts from now on. @returns What is asked for more: a documented answer that the document has, and nobody saw. */
export function countAnswers(isWanted: (status: number) => boolean): () => string[] {
  seen.clear();
  return () =>
    allOperations().flatMap(({ found: { key, operation } }) =>
      Object.keys(operation.responses)
        .filter((status) => isWanted(Number(status)) && !seen.has(`${key} ${status}`))
        .map((status) => `${key} ${status}`),
    );
}

/**
 * Compares an answer with the OpenAPI document: its status, its media type and its body, in which no member may stand
 * that the document does not know.
 * @throws Error
 */
export function checkAnswer({ method, path, status, type, text }: GivenAnswer): void {
  const [pathname = ''] = path.split(/[?#]/u);
  if (pathname === '/mcp' || pathname === '/openapi.json' || pathname.startsWith('/agents')) return;
  const found = findOperation(method, pathname);
  const media = type?.split(';')[0]?.trim() ?? null;
  const fail = (why: string): never => {
    throw new Error(`${method} ${pathname} answered ${status} ${media}, ${why}`);
  };
  if (found === undefined || (found.operation.responses[status] === undefined && status === 499)) {
    const isKnown = beforeRoutes.has(status) || status === 401 || status === 403 || status === 429 || status === 503;
    if (!isKnown || media !== 'application/problem+json') fail('which is no problem document of the door');
    if (text !== null && text !== '') check('problem', problemRef, text, fail);
    return;
  }
  const content = answerOf(found.operation, status)?.content ?? fail('a status that the document does not know');
  // The type of a file is what its content says.
  const key = 'application/octet-stream' in content && status === 200 ? 'application/octet-stream' : media;
  const schema = content[key ?? '']?.schema ?? fail('a media type that the document does not know');
  if (text !== null && key?.endsWith('json') === true && method !== 'HEAD')
    check(`${found.key} ${status}`, schema, text, fail);
  seen.add(`${found.key} ${status}`);
}

function answerOf({ responses }: Operation, status: number): Answers | undefined {
  const response = responses[status];
  if (response === undefined || !('$ref' in response)) return response;
  const shared = apiDocument().components?.responses as Record<string, Answers> | undefined;
  return shared?.[response.$ref.slice(response.$ref.lastIndexOf('/') + 1)];
}

const validators = new Map<string, ValidateFunction>();
let ajv: Ajv2020 | undefined;

function check(key: string, schema: object, text: string, fail: (why: string) => never): void {
  let validate = validators.get(key);
  if (validate === undefined) {
    ajv ??= openAjv();
    validate = ajv.compile(close(schema, false) as object);
    validators.set(key, validate);
  }
  if (validate(JSON.parse(text))) return;
  const [error] = validate.errors ?? [];
  fail(`and its body is not as documented: ${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)}`);
}

/** Components in two forms: with every member named, and open for those that extend them. */
function openAjv(): Ajv2020 {
  const made = new Ajv2020({ strict: false, validateFormats: false, allErrors: false });
  for (const [name, schema] of Object.entries(apiDocument().components?.schemas ?? {})) {
    made.addSchema(close(schema, false) as object, `closed:${name}`);
    made.addSchema(close(schema, true) as object, `open:${name}`);
  }
  return made;
}

/** The same schema without room for undocumented members. */
function close(schema: unknown, isPart: boolean): unknown {
  if (Array.isArray(schema)) return schema.map((one) => close(one, isPart));
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]: [string, unknown]) => {
    if (key === '$ref') return [key, String(value).replace('#/components/schemas/', isPart ? 'open:' : 'closed:')];
    if (key === 'allOf') return [key, close(value, true)];
    if (key === 'properties') {
      const members = Object.entries(value as object).map(([name, one]) => [name, close(one, false)]);
      return [key, Object.fromEntries(members)];
    }
    if (key === 'anyOf' || key === 'oneOf') return [key, close(value, isPart)];
    return [key, key === 'enum' || key === 'const' || key === 'default' ? value : close(value, false)];
  });
  const closed = Object.fromEntries(entries) as Record<string, unknown>;
  if (!isPart && 'allOf' in schema) closed['unevaluatedProperties'] = false;
  else if (!isPart && 'properties' in schema && !('additionalProperties' in schema))
    closed['additionalProperties'] = false;
  return closed;
}

interface FoundOperation {
  key: string;
  operation: Operation;
}

let operations: { method: string; pattern: RegExp; found: FoundOperation }[] | undefined;

function allOperations() {
  return (operations ??= Object.entries(apiDocument().paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([name, operation]) => ({
      method: name.toUpperCase(),
      pattern: new RegExp(`^${path.replaceAll('.', String.raw`\.`).replaceAll(/\{[^}]+\}/gu, '[^/]+')}$`, 'u'),
      found: { key: `${name} ${path}`, operation },
    })),
  ));
}

function findOperation(method: string, pathname: string): FoundOperation | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  // The first is what the router takes: those without parameters are declared before.
  const fitting = allOperations().filter((one) => one.method === asked && one.pattern.test(pathname));
  return (fitting.find(({ found }) => !found.key.includes('{')) ?? fitting[0])?.found;
}
