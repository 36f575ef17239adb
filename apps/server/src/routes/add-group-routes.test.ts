import { MailboxError, type MailboxErrorCode, permissionPresets } from '@xmtp-messaging/xmtp-core';
import { expect, test } from 'vitest';
import { apiDocument } from '../../test/api-document.ts';
import { bob, createMemoryApp, self } from '../../test/memory-app.ts';

const token = 'a-long-enough-token';
const id = 'c0'.repeat(16);
const group = {
  conversationId: id,
  title: 'plans\u202e\nand more',
  description: '',
  imageUrl: '',
  disappearAfterMs: 60_000,
  permissions: { preset: 'members', policies: permissionPresets.members },
  members: [
    { inboxId: '01', addresses: [self], role: 'super-admin', isSelf: true },
    { inboxId: '02', addresses: [bob.toLowerCase()], role: 'member', isSelf: false },
  ],
} as const;

/** What the mailbox says, by the status that it becomes. */
const refusals: Record<number, readonly string[]> = {
  404: ['CONVERSATION_NOT_FOUND'],
  409: ['NOT_A_MEMBER', 'PERMISSION_DENIED', 'GROUP_CHANGED', 'IDEMPOTENCY_CONFLICT'],
  422: ['INVALID_REQUEST', 'RECIPIENT_NOT_FOUND'],
  500: ['HOME_UNUSABLE', 'not even an error of ours'],
  502: ['SDK_FAILED', 'NETWORK_RETIRED'],
  503: ['TOO_BUSY', 'RATE_LIMITED', 'CLOSED', 'DISK_FULL'],
  504: ['NETWORK_UNREACHABLE'],
};

const requests: Record<string, { path: string; body?: object; bad?: object }> = {
  createGroup: { path: '/xmtp/groups', body: { members: ['bob.eth'], permissions: 'admins' }, bad: { members: [] } },
  getGroup: { path: `/xmtp/groups/${id}` },
  updateGroup: {
    path: `/xmtp/groups/${id}`,
    body: { title: 'a', disappearAfterSeconds: null, permissions: { updateTitle: 'nobody' } },
    bad: { permissions: { updateTitle: 'everybody' } },
  },
  addGroupMembers: {
    path: `/xmtp/groups/${id}/members`,
    body: { members: [bob] },
    bad: { members: [bob], role: 'admin' },
  },
  removeGroupMember: { path: `/xmtp/groups/${id}/members/bob.eth` },
  setGroupMemberRole: {
    path: `/xmtp/groups/${id}/members/${bob}`,
    body: { role: 'super-admin' },
    bad: { role: 'king' },
  },
  leaveGroup: { path: `/xmtp/groups/${id}/leave`, body: {}, bad: { now: true } },
};

/** Every route of groups that the document knows, with the statuses that it names. */
function documented() {
  const operations = Object.values(apiDocument().paths ?? {}).flatMap((methods) => Object.entries(methods as object));
  return operations.flatMap(([method, operation]) => {
    const { operationId, tags, responses } = operation as { operationId: string; tags: string[]; responses: object };
    const statuses = Object.keys(responses).map(Number);
    return tags.includes('groups') ? [{ operationId, method: method.toUpperCase(), statuses }] : [];
  });
}

async function open() {
  const app = await createMemoryApp({ token, freeAuthFailures: 5 });
  let failure: Error | null = null;
  const answer = () => (failure === null ? Promise.resolve({ ...group, replayed: false }) : Promise.reject(failure));
  const methods = ['create', 'get', 'add', 'remove', 'update', 'setRole', 'leave'];
  Object.assign(app.mailbox.groups, Object.fromEntries(methods.map((name) => [name, answer])));
  const failWith = (code: string) => {
    failure = code.includes(' ')
      ? new TypeError(code)
      : new MailboxError({ code: code as MailboxErrorCode, shortMessage: code, metaMessages: ['What to do.'] });
  };
  return { app, failWith, recover: () => (failure = null) };
}

/** What each route answers to what a caller, the door or the network does wrong, and to what is right. */
async function observe({ operationId, method }: { operationId: string; method: string }) {
  const { app, failWith, recover } = await open();
  const { path, body, bad } = requests[operationId]!;
  const authorization = `Bearer ${token}`;
  const ask = async (headers: Record<string, string> = { authorization }, given: unknown = body, at = path) =>
    (await app.request(method, at, given, headers)).status;
  const seen = new Set<number>([await ask()]);
  const bare = new Request(`http://localhost${path}`, { method, headers: { authorization } });
  seen.add((await app.fetch(bare)).status);
  seen.add(await ask({}));
  seen.add(await ask({ authorization, origin: 'https://evil.example' }));
  for (const [status, codes] of Object.entries(refusals)) {
    for (const code of codes) {
      failWith(code);
      expect([code, await ask()]).toEqual([code, Number(status)]);
      seen.add(Number(status));
    }
  }
  recover();
  const wrong = [
    ...(bad === undefined ? [] : [() => ask(undefined, bad)]),
    ...(path.includes(id) ? [() => ask(undefined, body, path.replace(id, 'not-hex'))] : []),
    () => ask(undefined, body, `${path}?other=1`),
  ];
  for (const each of wrong) expect([operationId, await each()]).toEqual([operationId, 422]);
  if (method !== 'GET') {
    seen.add(await ask({ authorization, 'content-type': 'text/plain' }));
    seen.add(await ask({ authorization, 'content-type': 'application/json', 'content-length': '6000000' }));
  }
  for (let guess = 0; guess < 8; guess += 1) seen.add(await ask({ authorization: `Bearer wrong-${guess}` }));
  return [...seen].toSorted((a, b) => a - b);
}

test('every route of groups is known here', () => {
  expect(
    documented()
      .map(({ operationId }) => operationId)
      .toSorted(),
  ).toEqual(Object.keys(requests).toSorted());
});

test.each(documented())(
  '$operationId answers with every status that its document names, and no other',
  async (route) => {
    expect(await observe(route)).toEqual(route.statuses.toSorted((a, b) => a - b));
  },
);

test('a group is shown cleaned, with who of its members is listed, and a refusal says what to do', async () => {
  const { app, failWith } = await open();
  const headers = { authorization: `Bearer ${token}` };
  await app.operator('PUT', `/xmtp/allowlist/bob.eth`, {});
  const shown = await (await app.request('GET', `/xmtp/groups/${id}`, undefined, headers)).json();
  expect(shown).toEqual({
    conversationId: id,
    title: expect.stringMatching(/^plans.*and more$/u),
    description: '',
    imageUrl: null,
    disappearAfterSeconds: 60,
    permissions: group.permissions,
    members: [
      expect.objectContaining({ self: true, listed: false, role: 'super-admin' }),
      {
        address: bob,
        inboxId: '02',
        name: 'bob.eth',
        nameKind: 'name',
        nameVerified: expect.any(Boolean),
        listed: true,
        self: false,
        role: 'member',
      },
    ],
  });
  expect(JSON.stringify(shown)).not.toMatch(/\u202e|\\n/u);
  failWith('PERMISSION_DENIED');
  const refused = await app.request('PATCH', `/xmtp/groups/${id}`, { title: 'a' }, headers);
  expect(await refused.json()).toMatchObject({ code: 'PERMISSION_DENIED', hint: 'What to do.' });
});
