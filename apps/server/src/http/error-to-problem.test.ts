import { AgentError, agentErrorTexts } from '@xmtp-messaging/agent';
import { AllowlistError, allowlistErrorTexts } from '@xmtp-messaging/allowlist';
import { ResolveError, resolveErrorTexts } from '@xmtp-messaging/ens-resolver';
import { BaseError } from '@xmtp-messaging/errors';
import { FileError, fileErrorTexts } from '@xmtp-messaging/errors/files';
import { GuardError, guardErrorTexts } from '@xmtp-messaging/inbound-guard';
import { OwsSignerError, owsSignerErrorTexts } from '@xmtp-messaging/ows-signer';
import { expect, test } from 'vitest';
import { ServerError, serverErrorTexts } from '../errors.ts';
import { errorToProblem } from './error-to-problem.ts';

const codesOf = <Code extends string>(texts: Readonly<Record<Code, unknown>>) => Object.keys(texts) as Code[];

const errors: BaseError[] = [
  ...codesOf(resolveErrorTexts).map((code) => new ResolveError({ code })),
  ...codesOf(allowlistErrorTexts).map((code) => new AllowlistError({ code })),
  ...codesOf(fileErrorTexts).map((code) => new FileError(code, { path: '/srv/agent' })),
  ...codesOf(agentErrorTexts).map((code) => new AgentError({ code })),
  ...codesOf(serverErrorTexts).map((code) => new ServerError({ code })),
];

/** What no request can cause: settings and the start. */
const internal = new Set(['INVALID_OPTION', 'CONFIG_INVALID', 'WALLET_UNSET', 'LISTEN_FAILED', 'HOME_INVALID']).add(
  'REPLY_NOT_SENT',
);

const told = errors.filter(({ code }) => !internal.has(code));

test.each(told)('$name $code has a status of its own, says what happened and what to do', (error) => {
  const { status, code, detail, hint } = errorToProblem(error);
  expect({ code, detail }).toEqual({ code: error.code, detail: error.shortMessage });
  expect(status).not.toBe(500);
  expect(hint).toBeTruthy();
});

test('a name that leads to a gateway nobody may reach is a bad gateway', () => {
  expect(errorToProblem(new ResolveError({ code: 'GATEWAY_REFUSED', input: 'evil.eth' }))).toMatchObject({
    status: 502,
    code: 'GATEWAY_REFUSED',
    detail: expect.stringContaining('"evil.eth"') as string,
  });
});

const ours: BaseError[] = [
  ...errors.filter(({ code }) => internal.has(code)),
  ...codesOf(guardErrorTexts).map((code) => new GuardError({ code })),
  ...codesOf(owsSignerErrorTexts).map((code) => new OwsSignerError({ code })),
  new BaseError({ code: 'MADE_UP', shortMessage: 'It happened.' }),
];

test.each(ours)('$name $code is no business of a caller', (error) => {
  const problem = errorToProblem(error);
  expect(problem).toMatchObject({ status: 500, code: 'INTERNAL' });
  expect(JSON.stringify(problem)).not.toContain(error.shortMessage);
});
