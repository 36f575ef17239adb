// Writes the HTTP reference from the document that the server itself serves at /openapi.json.
import { writeFile } from 'node:fs/promises';
import { apiDocument } from '../../apps/server/test/api-document.ts';

interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description?: string }>;
}
interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  default?: unknown;
}

const [, , target = ''] = process.argv;
const document = apiDocument() as unknown as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
  tags?: { name: string; description?: string }[];
};
const methods = ['get', 'post', 'put', 'patch', 'delete'];
const operations = Object.entries(document.paths).flatMap(([path, entry]) =>
  methods.flatMap((method) => (entry[method] === undefined ? [] : [{ method, path, operation: entry[method] }])),
);
const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? 'other'))];
await writeFile(target, `${[head(), ...tags.map(section)].join('\n\n')}\n`);

function head(): string {
  return `# HTTP

Every route of a server, made from the document that it serves at \`/openapi.json\`. Errors are problem documents (RFC 9457). Who may ask: **agent** with the agent's token, where there is one; **operator** with \`operator.token\` of the home.`;
}

function section(tag: string): string {
  const about = document.tags?.find(({ name }) => name === tag)?.description;
  const own = operations.filter(({ operation }) => (operation.tags?.[0] ?? 'other') === tag);
  return [`## ${capital(tag)}`, ...(about === undefined ? [] : [about]), ...own.map(describe)].join('\n\n');
}

function describe({ method, path, operation }: (typeof operations)[number]): string {
  const { summary, description, parameters = [], requestBody, responses, security = [] } = operation;
  const callers = [...new Set(security.flatMap((each) => Object.keys(each)))].join(' or ');
  const rows = parameters.map(
    ({ name, in: where, required, description: about, schema }) =>
      `| \`${name}\` | ${where} | ${required ? 'yes' : ''} | ${cell(typeOf(schema))} | ${cell(about ?? schema?.description ?? '')} |`,
  );
  const table = ['| parameter | in | required | type | |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
  const statuses = Object.entries(responses).map(
    ([status, { description: about = '' }]) => `| ${status} | ${cell(about)} |`,
  );
  return [
    `### ${method.toUpperCase()} ${path.replaceAll('{', '\\{')}`,
    [summary, description].filter(Boolean).join(' '),
    ...(callers === '' ? [] : [`Who may ask: ${callers}.`]),
    ...(rows.length === 0 ? [] : [table]),
    ...bodyOf(requestBody?.content['application/json']?.schema),
    ['| status | |', '| --- | --- |', ...statuses].join('\n'),
  ].join('\n\n');
}

function bodyOf(schema: Schema | undefined): string[] {
  const body = schema === undefined ? undefined : resolve(schema);
  if (body?.properties === undefined) return [];
  const rows = Object.entries(body.properties).map(
    ([name, each]) =>
      `| \`${name}\` | ${body.required?.includes(name) ? 'yes' : ''} | ${cell(typeOf(each))} | ${cell(each.description ?? '')} |`,
  );
  return [['| in the body | required | type | |', '| --- | --- | --- | --- |', ...rows].join('\n')];
}

function resolve(schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
}

function typeOf(schema: Schema | undefined): string {
  if (schema === undefined) return '';
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1)!;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.items !== undefined) return `${typeOf(schema.items)}[]`;
  return [schema.type ?? 'any'].flat().join(' or ');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;').replaceAll('{{', '&#123;{');
}
function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
