import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MailboxError } from '@xmtp-messaging/xmtp-core';
import { patient, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { startAgent } from '../../test/agent-server.ts';
import { apiDocument } from '../../test/api-document.ts';
import { checkAnswer, countAnswers } from '../../test/check-answer.ts';
import { alice, bob, createMemoryApp, type MemoryAppOptions, operatorToken } from '../../test/memory-app.ts';

const nothing = 'f'.repeat(64);
const nobody = `0x${'9'.repeat(40)}`;
const token = 'kQ3vJ8mTz0LrX2Ns';

/** Those of groups have a test of their own, of every status: add-group-routes.test.ts. */
const operations = Object.entries(apiDocument().paths ?? {}).flatMap(([route, methods]) =>
  Object.entries(methods as Record<string, { tags: string[] }>).flatMap(([name, { tags }]) => {
    const entry = route.includes('grouplist') ? nothing : nobody;
    const path = route.replace('{id}', nothing).replace('{n}', '0').replace('{entry}', entry);
    return tags.includes('groups') ? [] : [{ method: name.toUpperCase(), path }];
  }),
);

/** What the door answers to a request, whatever the route is. */
const atTheDoor: { options?: MemoryAppOptions; query?: string; headers?: Record<string, string>; body?: string }[] = [
  { headers: { host: 'evil.example' } },
  { options: { token, freeAuthFailures: 1_000_000 }, headers: { authorization: 'Bearer not-one-of-them-at-all' } },
  { options: { requestsPerMinute: 1 } },
  { query: '?nonsense=1' },
  { headers: { 'content-type': 'text/plain', 'content-length': '2' }, body: 'hi' },
  { headers: { 'content-type': 'application/json', 'content-length': '1000000000' }, body: '{}' },
  { headers: { 'content-type': 'application/json' }, body: '{"' },
];

/** Documented, and not asked for here: the reason. */
const elsewhere: Record<string, string> = {
  'get /healthz 400': 'only to what is no HTTP, before a route is found',
  'get /readyz 400': 'only to what is no HTTP, before a route is found',
};

async function refuseAtTheDoor() {
  for (const { options, query = '', headers, body } of atTheDoor) {
    const app = await createMemoryApp(options);
    // One more: who is slowed down was heard once.
    for (const { method, path } of [operations[0]!, ...operations])
      await app.operator(method, path + query, method === 'GET' ? undefined : body, headers);
  }
  const app = await createMemoryApp();
  for (const { method, path } of operations) {
    const init = { method, headers: { authorization: `Bearer ${operatorToken}` } };
    const response = await app.fetch(new Request(`http://localhost${path}`, init));
    const type = response.headers.get('content-type');
    checkAnswer({ method, path, status: response.status, type, text: null });
    await response.body?.cancel();
  }
}

const fileElsewhere = {
  type: { authorityId: 'xmtp.org', typeId: 'remoteStaticAttachment', versionMajor: 1, versionMinor: 0 },
  parameters: {
    contentDigest: '0f'.repeat(32),
    secret: '0f'.repeat(32),
    salt: '0f'.repeat(32),
    nonce: '0f'.repeat(12),
    scheme: 'https://',
    contentLength: '1000000000',
  },
  content: Buffer.from('https://files.example/a'),
};
const hello = { message: 'hi' };

test(
  'each refusal that the document knows is seen, and answers as the document says',
  { timeout: patient(60_000) },
  async () => {
    const unseen = countAnswers((status) => status >= 400 && status < 500);
    await refuseAtTheDoor();

    const web3Bio = await startAgent(() => ({ status: 404, body: { address: null, error: 'Not Found' } }));
    const app = await createMemoryApp({ web3BioUrl: web3Bio.url });
    // What is not there.
    for (const { method, path } of operations) {
      const body = path.endsWith('react') ? { reaction: '👍' } : /(?:reply|\/send)$/u.test(path) ? hello : {};
      await app.operator(method, path, method === 'GET' || method === 'DELETE' ? undefined : body);
    }
    const name = 'nobody.eth';
    await app.operator('POST', '/xmtp/send', { to: name, ...hello });
    await app.operator('GET', `/xmtp/messages?from=${name}`);
    await app.operator('GET', `/xmtp/resolve?name=${name}`);
    for (const list of ['allowlist', 'denylist']) {
      await app.operator('POST', `/xmtp/${list}`, { name });
      await app.operator('PUT', `/xmtp/${list}/${name}`, {});
    }

    // What is there, and not so.
    const { messageId, conversationId } = await app.mailbox.receive({ text: 'hello' });
    const gone = () =>
      Promise.reject(new MailboxError({ code: 'NOT_A_MEMBER', shortMessage: 'It was taken out.', metaMessages: [] }));
    app.mailbox.answerSends(gone);
    Object.assign(app.mailbox.groups, { get: gone, refuse: gone });
    for (const what of ['accept', 'refuse']) await app.operator('POST', `/xmtp/knocks/${nothing}/${what}`, {});
    await app.operator('POST', '/xmtp/send', { to: bob, ...hello });
    await app.operator('POST', `/xmtp/messages/${messageId}/reply`, hello);
    await app.operator('POST', `/xmtp/messages/${messageId}/react`, { reaction: '👍' });
    await app.operator('POST', `/xmtp/conversations/${conversationId}/send`, hello);
    await app.operator('POST', `/xmtp/conversations/${conversationId}/read`);
    const large = await app.mailbox.receive({ content: fileElsewhere });
    const files = (id: string) => ['', '/text'].map((part) => `/xmtp/messages/${id}/attachments/0${part}`);
    for (const path of files(large.messageId)) await app.operator('GET', path);
    await app.operator('PUT', `/xmtp/denylist/${alice}`, {});
    for (const path of files(large.messageId)) await app.operator('GET', path);
    app.mailbox.inbox.bury(messageId, 'of no use');
    await app.request('POST', `/xmtp/messages/${messageId}/ack`);
    for (const [method, path] of [
      ['POST', '/replay'],
      ['DELETE', ''],
    ] as const) {
      await app.operator('POST', `/xmtp/dead/${messageId}/replay`);
      await app.operator(method, `/xmtp/dead/${messageId}${path}`);
    }
    for (const list of ['allowlist', 'denylist', 'grouplist']) {
      await writeFile(join(app.home, `${list}.yaml`), '{');
      const entry = list === 'grouplist' ? nothing : bob;
      for (const [method, path, body] of [
        ['POST', '', { address: bob }],
        ['PUT', `/${entry}`, {}],
        ['DELETE', `/${entry}`],
      ] as const)
        if (list !== 'grouplist' || method !== 'POST') await app.operator(method, `/xmtp/${list}${path}`, body);
      if (list === 'grouplist') continue;
      const state = async () =>
        ((await (await app.operator('GET', `/xmtp/${list}`)).json()) as { state: string }).state;
      await waitFor(async () => (await state()) === 'unreadable');
      await app.operator('GET', `/xmtp/${list}/${entry}`);
    }
    await app.operator('POST', '/xmtp/page/sessions', { code: 'a'.repeat(43) });
    const missing = unseen().filter((one) => !one.includes(' /xmtp/groups'));
    expect(missing).toEqual(Object.keys(elsewhere).toSorted());
  },
);
