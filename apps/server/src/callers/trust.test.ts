import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { permissionPresets } from '@xmtp-messaging/xmtp-core';
import { expect, test } from 'vitest';
import { apiDocument, registeredRoutes } from '../../test/api-document.ts';
import { connectMcp } from '../../test/mcp-client.ts';
import { bob, createMemoryApp, type MemoryApp, operatorToken } from '../../test/memory-app.ts';

const tokens = { both: 'kQ3vJ8mTz0LrX2Ns', read: 'wP4xL9nUa1MsY3Ot', send: 'bT7yC2hWd5RfZ6Gk' };
const token = `${tokens.both}\n${tokens.read} read\n${tokens.send} send`;
const carol = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const mallory = `0x${'5e'.repeat(20)}` as const;

/** A mailbox with something of everything that only an operator may touch. */
interface Stage {
  app: MemoryApp;
  /** Ids, as paths and bodies want them. */
  ids: { message: string; dead: string; conversation: string; group: string; knocking: string };
  /** All that decides on trust, as it is now. */
  trust: () => Promise<string>;
}

const facts = {
  title: '',
  description: '',
  imageUrl: '',
  disappearAfterMs: null,
  permissions: { preset: 'members', policies: permissionPresets.members },
  members: [],
} as const;

/** @param agents Lines as of XMTP_API_TOKEN. */
async function openStage(agents: string | null = token): Promise<Stage> {
  const app = await createMemoryApp({
    ...(agents === null ? {} : { token: agents }),
    freeAuthFailures: 10_000,
    requestsPerMinute: 1_000_000,
    isExpected: (address) => address === bob.toLowerCase(),
    admit: ({ senderAddresses }) =>
      senderAddresses.includes(mallory)
        ? { admit: false, reason: 'not-listed' }
        : { admit: true, sender: 'allowlisted' },
  });
  const operator = async (method: string, path: string, body: object = {}) => {
    const { status } = await app.operator(method, path, body);
    expect([path, status < 300]).toEqual([path, true]);
  };
  const heard = await app.mailbox.receive({ from: bob.toLowerCase() as typeof bob });
  const dead = await app.mailbox.receive({ from: bob.toLowerCase() as typeof bob });
  app.mailbox.inbox.bury(dead.messageId, 'of no use');
  const group = await app.mailbox.receive({ from: bob.toLowerCase() as typeof bob, group: 'plans' });
  await app.mailbox.post({ from: mallory, text: 'let me in' });
  await app.mailbox.post({ from: mallory, group: 'a trap' });
  await operator('POST', '/xmtp/allowlist', { name: 'bob.eth' });
  await operator('PUT', `/xmtp/denylist/${carol}`);
  await operator('PUT', `/xmtp/grouplist/${group.conversationId}`);
  const { knocks } = await app.mailbox.inbox.knocks();
  const knocking = knocks.find(({ conversationId }) => conversationId !== null)?.conversationId ?? 'cd'.repeat(16);
  // A mailbox in memory keeps no members; what the routes write is theirs.
  const found = (conversationId: string) => Promise.resolve({ ...facts, conversationId });
  Object.assign(app.mailbox.groups, { get: found, accept: found, refuse: () => Promise.resolve({ leave: 'asked' }) });
  const { messageId: message, conversationId: conversation } = heard;
  return {
    app,
    ids: { message, dead: dead.messageId, conversation, group: group.conversationId, knocking },
    trust: async () => {
      const names = (await readdir(app.home)).filter((name) => /\.(?:yaml|token|log|key)$/u.test(name)).toSorted();
      const files = await Promise.all(
        names.map(async (name) => [name, await readFile(join(app.home, name), 'latin1')]),
      );
      const letters = await app.mailbox.inbox.list({ states: ['dead', 'discarded'] });
      const kept = { files, dead: letters.map(({ messageId, state }) => [messageId, state]) };
      return JSON.stringify({
        ...kept,
        knocks: await app.mailbox.inbox.knocks(),
        dropped: app.mailbox.inbox.dropped(),
      });
    },
  };
}

type Ids = Stage['ids'];
interface Request {
  path: string;
  body?: object;
}

/** How each route is asked so that it would do what it can; a new one must be put here. `null`: without a body, with these ids. */
const asked: Record<string, ((ids: Ids) => Request[]) | null> = {
  'post /xmtp/send': () => [
    { path: '/xmtp/send', body: { to: 'bob.eth', message: 'hi' } },
    { path: '/xmtp/send', body: { to: carol, message: 'hi' } },
  ],
  'post /xmtp/messages/{id}/ack': ({ message, dead }) =>
    [message, dead].map((id) => ({ path: `/xmtp/messages/${id}/ack`, body: {} })),
  'post /xmtp/messages/{id}/reply': ({ message, dead }) =>
    [message, dead].map((id) => ({ path: `/xmtp/messages/${id}/reply`, body: { message: 'hi' } })),
  'post /xmtp/messages/{id}/react': ({ dead }) => [{ path: `/xmtp/messages/${dead}/react`, body: { reaction: '👍' } }],
  'post /xmtp/conversations/{id}/send': ({ conversation, knocking }) =>
    [conversation, knocking].map((id) => ({ path: `/xmtp/conversations/${id}/send`, body: { message: 'hi' } })),
  'post /xmtp/conversations/{id}/read': ({ conversation, knocking }) =>
    [conversation, knocking].map((id) => ({ path: `/xmtp/conversations/${id}/read`, body: {} })),
  'post /xmtp/groups': () => [{ path: '/xmtp/groups', body: { members: [carol, 'bob.eth'] } }],
  'patch /xmtp/groups/{id}': ({ group }) => [{ path: `/xmtp/groups/${group}`, body: { title: 'ours' } }],
  'post /xmtp/groups/{id}/members': ({ group }) => [
    { path: `/xmtp/groups/${group}/members`, body: { members: [carol] } },
  ],
  'delete /xmtp/groups/{id}/members/{member}': ({ group }) => [{ path: `/xmtp/groups/${group}/members/bob.eth` }],
  'put /xmtp/groups/{id}/members/{member}': ({ group }) => [
    { path: `/xmtp/groups/${group}/members/bob.eth`, body: { role: 'admin' } },
  ],
  'post /xmtp/groups/{id}/leave': ({ group, knocking }) =>
    [group, knocking].map((id) => ({ path: `/xmtp/groups/${id}/leave`, body: {} })),
  'post /xmtp/delivery/retry': () => [{ path: '/xmtp/delivery/retry', body: {} }],
  'post /xmtp/allowlist': () => [{ path: '/xmtp/allowlist', body: { address: mallory } }],
  'put /xmtp/allowlist/{entry}': () => [{ path: `/xmtp/allowlist/${mallory}`, body: { label: 'friend' } }],
  'delete /xmtp/allowlist/{entry}': () => [{ path: '/xmtp/allowlist/bob.eth' }],
  'post /xmtp/denylist': () => [{ path: '/xmtp/denylist', body: { address: bob } }],
  'put /xmtp/denylist/{entry}': () => [{ path: `/xmtp/denylist/${mallory}`, body: {} }],
  'delete /xmtp/denylist/{entry}': () => [{ path: `/xmtp/denylist/${carol}` }],
  'put /xmtp/grouplist/{entry}': () => [{ path: `/xmtp/grouplist/${'ab'.repeat(16)}`, body: {} }],
  'delete /xmtp/grouplist/{entry}': ({ group }) => [{ path: `/xmtp/grouplist/${group}` }],
  'post /xmtp/knocks/{id}/accept': ({ knocking }) => [{ path: `/xmtp/knocks/${knocking}/accept`, body: {} }],
  'post /xmtp/knocks/{id}/refuse': ({ knocking }) => [{ path: `/xmtp/knocks/${knocking}/refuse`, body: {} }],
  'post /xmtp/dead/replay': () => [{ path: '/xmtp/dead/replay', body: {} }],
  'post /xmtp/dead/{id}/replay': ({ dead }) => [{ path: `/xmtp/dead/${dead}/replay`, body: {} }],
  'delete /xmtp/dead/{id}': ({ dead }) => [{ path: `/xmtp/dead/${dead}` }],
  'post /xmtp/backup': () => [{ path: '/xmtp/backup', body: { recipients: ['age1'] } }],
  // Neither changes anything that is kept: a link is for a browser, and a code that nobody was given opens nothing.
  'post /xmtp/page/links': null,
  'post /xmtp/page/sessions': () => [{ path: '/xmtp/page/sessions', body: { code: 'a'.repeat(43) } }],
};

/** What is meant to change trust: as the operator, each must do so, or this table could not fail. */
const decides = /^\w+ \/xmtp\/(?:allowlist|denylist|grouplist|dead|knocks)/u;

interface Operation {
  security?: object[];
}
const operations = Object.entries(apiDocument().paths ?? {}).flatMap(([path, methods]) =>
  Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
    route: `${method} ${path}`,
    method,
    path,
    ...operation,
  })),
);

function requestsOf({ route, path }: (typeof operations)[number], ids: Ids): Request[] {
  const given = asked[route];
  if (given !== null && given !== undefined) return given(ids);
  const id = path.startsWith('/xmtp/messages') ? ids.message : ids.conversation;
  return [{ path: path.replace('{id}', id).replace('{n}', '0').replace('{entry}', 'bob.eth') }];
}

test('every route says who may ask for it, and this table knows each that can change something', () => {
  expect(operations.filter(({ security }) => security === undefined).map(({ route }) => route)).toEqual([]);
  const changing = operations.filter(({ method }) => method !== 'get').map(({ route }) => route);
  expect(changing.toSorted()).toEqual(Object.keys(asked).toSorted());
  const known = new Set(operations.map(({ route }) => route));
  expect(registeredRoutes().filter((route) => !known.has(route) && !route.startsWith('all '))).toEqual([
    // The files of the page, and the document itself.
    'get /',
    'get /page/{file}',
    'get /openapi.json',
  ]);
});

const agents = [
  ['no token where none is wanted', null],
  ['no token where one is wanted', undefined],
  ['a token for both', tokens.both],
  ['a token for reading', tokens.read],
  ['a token for sending', tokens.send],
] as const;

test.each(agents)('with %s no route changes what decides on trust', async (_, shown) => {
  const { app, ids, trust } = await openStage(shown === null ? null : token);
  const before = await trust();
  const headers: Record<string, string> =
    shown === undefined || shown === null ? {} : { authorization: `Bearer ${shown}` };
  for (const operation of operations) {
    for (const { path, body } of requestsOf(operation, ids)) {
      const response = await app.request(operation.method.toUpperCase(), path, body, headers);
      await response.body?.cancel();
      if (operation.method === 'get') continue;
      expect({ route: operation.route, trust: await trust() }).toEqual({ route: operation.route, trust: before });
    }
  }
});

test('as the operator each route that decides on trust does change it', async () => {
  const deciding = operations.filter(({ method, route }) => method !== 'get' && decides.test(route));
  const { app, ids, trust } = await openStage();
  for (const operation of deciding.toSorted((one, other) => order(one.route) - order(other.route))) {
    const before = await trust();
    for (const { path, body } of requestsOf(operation, ids)) {
      const response = await app.operator(operation.method.toUpperCase(), path, body);
      expect([operation.route, response.status < 300, await response.text()]).toEqual([
        operation.route,
        true,
        expect.any(String),
      ]);
    }
    expect([operation.route, (await trust()) !== before]).toEqual([operation.route, true]);
    // A letter that was replayed is buried again for the next.
    app.mailbox.inbox.bury(ids.dead, 'again');
  }
});

/** What takes away comes after what it takes away from. */
const order = (route: string) => (route.startsWith('delete ') ? 2 : route.includes('knocks') ? 0 : 1);

/** How each tool is asked so that it would do what it can; a new one must be put here. */
const tools: Record<string, (ids: Ids) => object[]> = {
  send_message: () => [{ to: carol, message: 'hi' }],
  reply: ({ dead }) => [{ messageId: dead, message: 'hi' }],
  react: ({ dead }) => [{ messageId: dead, reaction: '👍' }],
  read_messages: () => [{ all: true, acknowledge: true }],
  wait_for_message: () => [{ timeoutSeconds: 0, acknowledge: true }],
  list_conversations: () => [{}],
  read_conversation: ({ conversation }) => [{ conversationId: conversation }],
  mailbox_status: () => [{}],
  resolve_name: () => [{ name: 'bob.eth' }],
  get_attachment: ({ message }) => [
    { messageId: message },
    // The ids that tools take stand in paths.
    { messageId: '../../xmtp/dead/replay' },
  ],
};

test.each([agents[0], ...agents.slice(2), ["the operator's token", operatorToken]] as const)(
  'with %s no tool changes what decides on trust',
  async (_, shown) => {
    const { app, ids, trust } = await openStage(shown === null ? null : token);
    const client = await connectMcp(app, shown ?? undefined);
    expect((await client.listTools()).tools.map(({ name }) => name).toSorted()).toEqual(Object.keys(tools).toSorted());
    const before = await trust();
    for (const [name, argumentsOf] of Object.entries(tools)) {
      for (const given of argumentsOf(ids))
        await client.callTool({ name, arguments: given as Record<string, unknown> });
      expect({ name, trust: await trust() }).toEqual({ name, trust: before });
    }
  },
);
