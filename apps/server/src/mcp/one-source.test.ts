import type { McpServer } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { schemasOf } from '../../test/api-document.ts';
import { addAttachmentTool } from './add-attachment-tool.ts';
import { addConversationTools } from './add-conversation-tools.ts';
import { addLookupTools } from './add-lookup-tools.ts';
import { addReadTools } from './add-read-tools.ts';
import { addSendTools } from './add-send-tools.ts';

/** Whose request a tool makes. */
const operations: Record<string, string> = {
  send_message: 'sendMessage',
  reply: 'replyToMessage',
  react: 'reactToMessage',
  read_messages: 'listMessages',
  wait_for_message: 'listMessages',
  list_conversations: 'listConversations',
  read_conversation: 'listConversationMessages',
  mailbox_status: 'getStatus',
  resolve_name: 'resolveName',
  get_attachment: 'getAttachmentText',
};

/** The same things by the words of HTTP. */
const names: Record<string, string> = {
  messageId: 'id',
  conversationId: 'id',
  idempotencyKey: 'idempotency-key',
  nextLine: 'next',
};

const type = 'the type of an unknown kind is its sender\'s, and a model is told "custom"';
const number = 'a query and a path carry a number as text; a model reads less at once';
const header = 'HTTP says it in a header';
/** What a tool has of its own, and why. */
const own: Record<string, string> = {
  'read_messages gives messages.contentType': type,
  'wait_for_message gives messages.contentType': type,
  'read_conversation gives messages.contentType': type,
  'read_messages takes limit': number,
  'read_messages takes after': number,
  'wait_for_message takes limit': number,
  'wait_for_message takes after': number,
  'list_conversations takes limit': number,
  'read_conversation takes limit': number,
  'read_messages takes all': 'a model reads what is pending unless it says so; HTTP has `state`',
  'read_messages takes acknowledge': 'one call does both; HTTP has a route for it',
  'wait_for_message takes acknowledge': 'one call does both; HTTP has a route for it',
  'wait_for_message takes timeoutSeconds': 'it asks again and again, longer than one `wait` of HTTP',
  'get_attachment takes index': number,
  'get_attachment takes line': number,
  'get_attachment takes maxBytes': 'a model host takes less than HTTP gives',
  'get_attachment gives index': 'HTTP says it in the path',
  'get_attachment gives mimeType': header,
  'get_attachment gives bytes': header,
  'get_attachment gives mislabelled': header,
};

interface Tool {
  inputSchema: z.ZodObject;
  outputSchema: z.ZodObject;
}

function allTools(): Map<string, Tool> {
  const found = new Map<string, Tool>();
  const server = { registerTool: (name: string, tool: Tool) => void found.set(name, tool) };
  const never = () => Promise.reject(new Error('only described'));
  for (const add of [addSendTools, addReadTools, addConversationTools, addLookupTools, addAttachmentTool])
    add(server as unknown as McpServer, never);
  return found;
}

/** Without what says only whether it may be left out. */
function core(schema: unknown): z.core.$ZodType {
  const { innerType } = (schema as z.ZodOptional).def;
  return innerType === undefined ? (schema as z.core.$ZodType) : core(innerType);
}

/** Where one says something that the other does not say with the very same schema. A description may be another. */
function differences(one: unknown, other: unknown, path: string): string[] {
  const [ours, theirs] = [core(one), core(other)];
  if (ours._zod.def === theirs._zod.def) return [];
  if (ours instanceof z.ZodUnion) return ours.options.flatMap((option) => differences(option, theirs, path));
  if (theirs instanceof z.ZodUnion) {
    const found = theirs.options.map((option) => differences(ours, option, path));
    return found.toSorted((a, b) => a.length - b.length)[0]!;
  }
  if (ours instanceof z.ZodArray && theirs instanceof z.ZodArray)
    return differences(ours.element, theirs.element, path);
  if (!(ours instanceof z.ZodObject && theirs instanceof z.ZodObject)) return [path];
  return Object.entries(ours.shape).flatMap(([key, schema]) => {
    const at = / (?:takes|gives)$/u.test(path) ? `${path} ${key}` : `${path}.${key}`;
    const same = theirs.shape[key] ?? theirs.shape[names[key] ?? key];
    return same === undefined ? [at] : differences(schema, same, at);
  });
}

test('what a tool takes and gives is what the route takes and gives, by the same schemas', () => {
  const tools = allTools();
  expect([...tools.keys()].toSorted()).toEqual(Object.keys(operations).toSorted());
  const found = [...tools].flatMap(([tool, { inputSchema, outputSchema }]) => {
    const { takes, gives } = schemasOf(operations[tool]!);
    return [...differences(inputSchema, takes, `${tool} takes`), ...differences(outputSchema, gives, `${tool} gives`)];
  });
  expect([...new Set(found)].toSorted()).toEqual(Object.keys(own).toSorted());
});

test('a tool refuses an argument that it does not have, as a route refuses a member of a body', () => {
  for (const [name, { inputSchema }] of allTools()) {
    const { error } = inputSchema.safeParse({ urgent: true });
    expect([name, error?.issues.some(({ code }) => code === 'unrecognized_keys')]).toEqual([name, true]);
  }
});

test('what a host is given can be read without looking up the names of components', () => {
  for (const [, { inputSchema, outputSchema }] of allTools())
    expect(JSON.stringify([z.toJSONSchema(inputSchema, { io: 'input' }), z.toJSONSchema(outputSchema)])).not.toContain(
      '$ref',
    );
});
