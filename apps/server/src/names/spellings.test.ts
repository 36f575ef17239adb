import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { bob, createMemoryApp } from '../../test/memory-app.ts';

const carol = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
const england = '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}';
const family = '👨\u200D👩\u200D👧';

async function setUp(hosts?: string) {
  const app = await createMemoryApp({ ...(hosts !== undefined && { hosts }) });
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await app.operator(method, path, body);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  /** What the agent is told of somebody who writes. */
  const from = async (...addresses: string[]) => {
    const { messageId } = await app.mailbox.receive({ from: addresses as `0x${string}`[] });
    const { body } = await ask('GET', `/xmtp/messages/${messageId}`);
    return { from: body['from'], lines: String(body['text']).split('\n') };
  };
  return { ...app, ask, from };
}

test.each([
  ['❤️.eth', ['❤️.eth', '❤.eth', '❤️.ETH']],
  [`${england}.eth`, [`${england}.eth`, `${england}.Eth`]],
  [`${family}.eth`, [`${family}.eth`]],
  ['Ñandú.eth', ['ñandú.eth', 'n\u0303andu\u0301.eth', 'ÑANDÚ.eth']],
])('%s, once listed, is shown and taken off under each of its spellings', async (name, spellings) => {
  const { ask } = await setUp(`"${name}": "${bob}"\n`);
  for (const path of spellings) {
    for (const written of [encodeURIComponent(path), path]) {
      expect(await ask('POST', '/xmtp/allowlist', { name })).toMatchObject({ status: 201, body: { added: true } });
      expect(await ask('GET', `/xmtp/allowlist/${written}`)).toMatchObject({ status: 200, body: { address: bob } });
      expect((await ask('DELETE', `/xmtp/allowlist/${written}`)).status).toBe(200);
      expect((await ask('GET', '/xmtp/allowlist')).body['entries']).toEqual([]);
    }
  }
});

test.each([
  'alice\u3002eth',
  'alice.eth.',
  'xn--qei.eth',
  'al\u200Dice.eth',
  'al\u3164ice.eth',
  'a\uFF0Eeth',
  'a..eth',
])('%j, which is no name, is refused at every door, not "not found"', async (name) => {
  const { ask, home } = await setUp();
  const path = `/xmtp/allowlist/${encodeURIComponent(name)}`;
  const refused = { status: 422, body: { code: 'INVALID_NAME' } };
  expect(await ask('POST', '/xmtp/allowlist', { name })).toMatchObject(refused);
  expect(await ask('POST', '/xmtp/allowlist', { address: bob, name })).toMatchObject(refused);
  expect(await ask('PUT', `/xmtp/allowlist/${bob}`, { name })).toMatchObject(refused);
  expect(await ask('POST', '/xmtp/send', { to: name, message: 'x' })).toMatchObject(refused);
  expect(await ask('GET', path)).toMatchObject(refused);
  expect(await ask('DELETE', path)).toMatchObject(refused);
  await expect(readFile(join(home, 'allowlist.yaml'))).rejects.toThrow('ENOENT');
});

test('a label is given, changed and taken in place, and never passes for a name', async () => {
  const { ask, from } = await setUp();
  const list = () => ask('GET', '/xmtp/allowlist').then(({ body }) => body['entries']);
  await ask('POST', '/xmtp/allowlist', { address: carol });
  expect(await ask('POST', '/xmtp/allowlist', { address: carol, label: 'Carol from work' })).toEqual({
    status: 200,
    body: { ok: true, added: false, renamed: true, entry: { address: carol, name: 'Carol from work' } },
  });
  expect(await ask('GET', '/xmtp/allowlist/CAROL%20from%20work')).toMatchObject({ body: { address: carol } });
  const seen = await from(carol);
  expect(seen.from).toMatchObject({ name: 'Carol from work', nameKind: 'label', nameVerified: false });
  expect(seen.lines).toContain('name: "Carol from work" (label)');
  expect((await ask('PUT', `/xmtp/allowlist/${carol}`, { name: 'Carol' })).body).toMatchObject({ renamed: true });
  expect(await list()).toEqual([{ address: carol, name: 'Carol' }]);
  expect((await ask('PUT', '/xmtp/allowlist/carol', { label: null })).body).toMatchObject({ renamed: true });
  expect(await list()).toEqual([{ address: carol, name: null }]);
  // Words that look like a name must be one, and lead there.
  expect(await ask('PUT', `/xmtp/allowlist/${carol}`, { label: 'bob.eth' })).toMatchObject({
    status: 422,
    body: { code: 'INVALID_NAME' },
  });
  expect(await ask('PUT', `/xmtp/allowlist/${carol}`, { name: 'bob.eth' })).toMatchObject({
    status: 409,
    body: { code: 'NAME_ADDRESS_MISMATCH' },
  });
});

test('a name is given to somebody listed by address; a name alone never replaces another name', async () => {
  const { ask } = await setUp(`bob.eth: "${bob}"\nbobby.eth: "${bob}"\n`);
  await ask('POST', '/xmtp/allowlist', { address: bob });
  expect((await ask('POST', '/xmtp/allowlist', { name: 'bob.eth' })).body).toMatchObject({
    added: false,
    renamed: true,
    entry: { name: 'bob.eth' },
  });
  expect((await ask('POST', '/xmtp/allowlist', { name: 'bobby.eth' })).body).toEqual({
    ok: true,
    added: false,
    entry: { address: bob, name: 'bob.eth' },
  });
  expect((await ask('PUT', `/xmtp/allowlist/${bob}`, { name: 'bobby.eth' })).body).toMatchObject({
    entry: { name: 'bobby.eth' },
  });
});

test('the block names the address that admitted the sender, and how many can write as this sender', async () => {
  const { ask, from } = await setUp();
  await ask('POST', '/xmtp/allowlist', { address: carol });
  const { from: sender, lines } = await from('0x00000000000000000000000000000000000000cc', carol, bob);
  expect(sender).toMatchObject({ address: carol, name: null });
  expect(sender).not.toHaveProperty('nameKind');
  expect(lines).toContain(`from: ${carol.toLowerCase()}`);
  expect(lines).toContain('inbox-addresses: 3');
  expect((await from(carol)).lines.join('\n')).not.toContain('inbox-addresses');
});

test('a hand-written name is found and shown in its normal form', async () => {
  const { ask, from, home } = await setUp(`"❤️.eth": "${bob}"\n`);
  await writeFile(join(home, 'allowlist.yaml'), `- address: "${bob}"\n  name: "❤️.ETH"\n`, { mode: 0o600 });
  await waitFor(async () => (await ask('GET', '/xmtp/allowlist')).body['count'] === 1);
  expect((await from(bob)).lines).toContain('name: "\\u2764.eth" (not verified, non-ASCII)');
  expect((await ask('DELETE', '/xmtp/allowlist/❤️.eth')).status).toBe(200);
});

test('while a list cannot be read, nobody is said not to be on it', async () => {
  const { ask, home } = await setUp();
  await writeFile(join(home, 'allowlist.yaml'), '- "0x12"\n', { mode: 0o600 });
  await waitFor(async () => (await ask('GET', '/xmtp/allowlist')).body['state'] === 'unreadable');
  expect(await ask('GET', '/xmtp/allowlist/bob.eth')).toMatchObject({
    status: 409,
    body: { code: 'ALLOWLIST_UNREADABLE' },
  });
});
