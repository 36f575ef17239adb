import { expect, test } from 'vitest';
import { xmtpText } from '../test/xmtp-text.ts';
import { createOwsSigner } from './create-ows-signer.ts';
import type { OwsSignerOptions } from './types.ts';

const address = '0xC924a5e66D682abCD7205b9a5d47D7cdd63F1D18';
const code = (expected: string) => expect.objectContaining({ code: expected });
/** A signer whose command is a script; it never touches a vault. */
const scripted = (script: string, options: Partial<OwsSignerOptions> = {}) =>
  createOwsSigner({ wallet: 'alice', home: '/nowhere', address, command: ['/bin/sh', '-c', script], ...options });

test('wrong options are refused before anything runs', async () => {
  const create = (options: Partial<Record<keyof OwsSignerOptions, unknown>>) =>
    scripted('echo unreachable', options as Partial<OwsSignerOptions>);
  await expect(create({ wallet: '' })).rejects.toThrow(code('OWS_WALLET_UNSET'));
  await expect(create({ wallet: undefined })).rejects.toThrow(code('OWS_WALLET_UNSET'));
  await expect(create({ wallet: 'a\nb' })).rejects.toThrow(code('OWS_WALLET_NAME_INVALID'));
  await expect(create({ wallet: 'a'.repeat(257) })).rejects.toThrow(code('OWS_WALLET_NAME_INVALID'));
  for (const home of ['', 'relative', undefined, '/with\0nul']) {
    await expect(create({ home })).rejects.toThrow(code('OWS_HOME_INVALID'));
  }
  for (const wrong of ['0x12', 'alice.eth', address.replace('C924', 'c924')]) {
    await expect(create({ address: wrong })).rejects.toThrow(code('OWS_ADDRESS_INVALID'));
  }
});

test('a known address needs no vault and no command until something must be signed', async () => {
  const signer = await scripted('', { address: address.toLowerCase(), command: ['/nowhere/ows'] });
  expect(signer).toMatchObject({ type: 'EOA', address });
  expect(signer.getIdentifier()).toEqual({ identifier: address.toLowerCase(), identifierKind: 0 });
  await expect(signer.signMessage(xmtpText())).rejects.toThrow(code('OWS_CLI_NOT_FOUND'));
});

test('only what the signer accepts reaches the command', async () => {
  const signer = await scripted('echo reached >&2; exit 1');
  await expect(signer.signMessage(xmtpText())).rejects.toThrow('It said: reached');
  for (const message of ['Sign in to example.org', '', xmtpText('- Link address to inbox\n  (Address: 0x12)')]) {
    await expect(signer.signMessage(message)).rejects.toThrow(code('OWS_MESSAGE_REFUSED'));
  }
  const open = await scripted('echo reached >&2; exit 1', { acceptMessage: () => true, maxMessageBytes: 10 });
  await expect(open.signMessage('€€€')).rejects.toThrow('It said: reached');
  await expect(open.signMessage('€€€€')).rejects.toThrow(code('OWS_MESSAGE_TOO_LARGE'));
  await expect(open.signMessage('\ud800')).rejects.toThrow(code('OWS_MESSAGE_REFUSED'));
  const later = (() => Promise.resolve(false)) as unknown as () => boolean;
  await expect((await scripted('', { acceptMessage: later })).signMessage(xmtpText())).rejects.toThrow(
    code('OWS_MESSAGE_REFUSED'),
  );
});

test('a refusal shows nothing of the message', async () => {
  const signer = await scripted('exit 1');
  const error = await signer.signMessage('a private thought').catch((reason: unknown) => reason);
  expect((error as Error).message).toMatchInlineSnapshot(`
    "The message was not signed: it is not a request that this signer accepts.

    By default only requests to create an XMTP inbox and to admit or revoke its installations are signed; see \`acceptMessage\`."
  `);
});

test('exit status 0 alone is not trusted', async () => {
  const sign = async (script: string) => (await scripted(script)).signMessage(xmtpText());
  await expect(sign('exit 0')).rejects.toThrow(code('OWS_OUTPUT_INVALID'));
  await expect(sign('printf %0128d 0')).rejects.toThrow(code('OWS_OUTPUT_INVALID'));
  await expect(sign('printf "%0128d1b" 0')).rejects.toThrow(code('OWS_SIGNER_MISMATCH'));
  await expect(sign('yes')).rejects.toThrow(code('OWS_OUTPUT_INVALID'));
  await expect(scripted('exit 0', { address: undefined })).rejects.toThrow(code('OWS_OUTPUT_INVALID'));
});

test('a credential that cannot be used never reaches the command or the error', async () => {
  const sign = async (credential: OwsSignerOptions['credential']) =>
    (await scripted('echo "$OWS_PASSPHRASE" >&2; exit 1', { credential })).signMessage(xmtpText());
  const unreadable = () => Promise.reject(new Error('no such file'));
  await expect(sign('hunter2\0')).rejects.toThrow(code('OWS_BAD_CREDENTIAL'));
  await expect(sign(unreadable)).rejects.toThrow(code('OWS_BAD_CREDENTIAL'));
  const error = (await sign(() => 'hunter2\r\n').catch((reason: unknown) => reason)) as Error;
  expect(error.message).toContain('It said: [redacted]');
  expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('hunter2');
});

test('warnings of the command are passed on, without secrets', async () => {
  const warnings: string[] = [];
  const script = 'echo "warning: $OWS_PASSPHRASE is short" >&2';
  const signer = await scripted(script, { credential: 'hunter2', onWarning: (warning) => warnings.push(warning) });
  await expect(signer.signMessage(xmtpText())).rejects.toThrow(code('OWS_OUTPUT_INVALID'));
  expect(warnings).toEqual(['ows: warning: [redacted] is short']);
});

test('an abort ends what runs and refuses what comes later', async () => {
  const abort = new AbortController();
  const signer = await scripted('sleep 600', { signal: abort.signal });
  const [first, second] = [signer.signMessage(xmtpText()), signer.signMessage(xmtpText())];
  abort.abort(new Error('shutting down'));
  await expect(first).rejects.toThrow('shutting down');
  await expect(second).rejects.toThrow('shutting down');
});
