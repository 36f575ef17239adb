import { expect, test } from 'vitest';
import { createMemoryApp, operatorToken } from '../../test/memory-app.ts';

const tokens = { both: 'kQ3vJ8mTz0LrX2Ns', read: 'wP4xL9nUa1MsY3Ot', send: 'bT7yC2hWd5RfZ6Gk' };
const token = `${tokens.both}\n${tokens.read} read\n${tokens.send} send`;

interface Document {
  paths: Record<string, Record<string, { security?: Record<string, string[]>[] }>>;
  components: { securitySchemes: Record<string, object> };
}

/** Every route there is, with who may ask for it: a new one must be put into a row. */
const routes = {
  open: ['get /healthz', 'get /readyz'],
  public: ['post /xmtp/page/sessions'],
  any: ['get /xmtp/status', 'get /.well-known/restap.json'],
  read: [
    'get /xmtp/messages',
    'get /xmtp/messages/{id}',
    'get /xmtp/messages/{id}/attachments/{n}',
    'get /xmtp/messages/{id}/attachments/{n}/text',
    'post /xmtp/messages/{id}/ack',
    'get /xmtp/conversations',
    'get /xmtp/conversations/{id}',
    'get /xmtp/conversations/{id}/messages',
    'get /xmtp/groups/{id}',
    'get /xmtp/messages/{id}/text',
    'get /xmtp/events',
    'get /xmtp/prompt',
    'get /xmtp/resolve',
    'get /xmtp/reverse',
    'post /xmtp/delivery/retry',
  ],
  send: [
    'post /xmtp/send',
    'post /xmtp/messages/{id}/reply',
    'post /xmtp/messages/{id}/react',
    'post /xmtp/conversations/{id}/send',
    'post /xmtp/conversations/{id}/read',
    'post /xmtp/groups',
    'patch /xmtp/groups/{id}',
    'post /xmtp/groups/{id}/members',
    'delete /xmtp/groups/{id}/members/{member}',
    'put /xmtp/groups/{id}/members/{member}',
    'post /xmtp/groups/{id}/leave',
  ],
  operator: [
    'get /xmtp/allowlist',
    'post /xmtp/allowlist',
    'get /xmtp/allowlist/{entry}',
    'put /xmtp/allowlist/{entry}',
    'delete /xmtp/allowlist/{entry}',
    'get /xmtp/denylist',
    'post /xmtp/denylist',
    'get /xmtp/denylist/{entry}',
    'put /xmtp/denylist/{entry}',
    'delete /xmtp/denylist/{entry}',
    'get /xmtp/grouplist',
    'put /xmtp/grouplist/{entry}',
    'delete /xmtp/grouplist/{entry}',
    'get /xmtp/dropped',
    'get /xmtp/knocks',
    'post /xmtp/knocks/{id}/accept',
    'post /xmtp/knocks/{id}/refuse',
    'get /xmtp/dead',
    'post /xmtp/dead/{id}/replay',
    'delete /xmtp/dead/{id}',
    'post /xmtp/dead/replay',
    'get /xmtp/activity',
    'post /xmtp/backup',
    'get /xmtp/audit',
    'get /xmtp/changes',
    'get /xmtp/outbox',
    'get /xmtp/problems',
    'post /xmtp/page/links',
    'get /metrics',
  ],
};

test('every route says who may ask for it', async () => {
  const app = await createMemoryApp();
  const document = (await (await app.request('GET', '/openapi.json')).json()) as Document;
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => [`${method} ${path}`, security] as const),
  );
  const of = (row: keyof typeof routes) => routes[row].toSorted();
  const found = (match: (security: Record<string, string[]>[] | undefined) => boolean) =>
    all.flatMap(([route, security]) => (match(security) ? [route] : [])).toSorted();
  const scope = (security: Record<string, string[]>[] | undefined) =>
    security?.find((one) => 'agent' in one)?.['agent'];
  expect(found((security) => security?.length === 0)).toEqual(of('open'));
  expect(found((security) => scope(security)?.length === 0)).toEqual(of('any'));
  expect(found((security) => scope(security)?.includes('read') === true)).toEqual(of('read'));
  expect(found((security) => scope(security)?.includes('send') === true)).toEqual(of('send'));
  const isPublic = (security: Record<string, string[]>[] | undefined) =>
    security?.some((one) => Object.keys(one).length === 0) === true;
  expect(found(isPublic)).toEqual(of('public'));
  expect(found((security) => security?.length !== 0 && !isPublic(security) && scope(security) === undefined)).toEqual(
    of('operator'),
  );
  expect(Object.keys(document.components.securitySchemes)).toEqual(['agent', 'operator']);
});

const shown = [
  ['nothing, where none is wanted', undefined, undefined, ['open', 'public', 'any', 'read', 'send']],
  ['nothing, where one is wanted', token, undefined, ['open', 'public']],
  ['a wrong one', token, 'not-one-of-them-at-all', ['open', 'public']],
  ['one for both', token, tokens.both, ['open', 'public', 'any', 'read', 'send']],
  ['one for reading', token, tokens.read, ['open', 'public', 'any', 'read']],
  ['one for sending', token, tokens.send, ['open', 'public', 'any', 'send']],
  ["the operator's", token, operatorToken, ['open', 'public', 'any', 'read', 'send', 'operator']],
  [
    "the operator's, where none is wanted",
    undefined,
    operatorToken,
    ['open', 'public', 'any', 'read', 'send', 'operator'],
  ],
] as const;

test.each(shown)('a caller that shows %s', async (_name, set, given, allowed) => {
  const app = await createMemoryApp({ freeAuthFailures: 1000, ...(set === undefined ? {} : { token: set }) });
  const headers: Record<string, string> = given === undefined ? {} : { authorization: `Bearer ${given}` };
  for (const [row, list] of Object.entries(routes)) {
    for (const route of list) {
      const [method = '', path = ''] = route.split(' ');
      const asked = path.replace('{id}', 'f'.repeat(64)).replace('{entry}', 'bob.eth');
      const response = await app.request(method.toUpperCase(), asked, undefined, headers);
      await response.body?.cancel();
      const isRefused = response.status === 401 || response.status === 403;
      expect([route, isRefused]).toEqual([route, !(allowed as readonly string[]).includes(row)]);
    }
  }
});

test('before the wallet is open, the operator is told to wait and the agent is not told more', async () => {
  const { callers } = await import('./open-callers.ts').then(({ openCallers }) =>
    openCallers({
      http: {},
      isPublic: false,
      home: () => null,
      logger: { error: () => {}, info: () => {} } as never,
      audit: () => {},
      now: Date.now,
    }),
  );
  expect([callers.knowsOperator(), callers.wantsTokens]).toEqual([false, false]);
  const { checkCaller } = await import('./check-caller.ts');
  expect(checkCaller(callers.find(undefined), 'operator', callers)).toMatchObject({
    status: 503,
    code: 'OPERATOR_TOKEN_PENDING',
  });
  expect(checkCaller(callers.find(undefined), 'send', callers)).toBeNull();
});
