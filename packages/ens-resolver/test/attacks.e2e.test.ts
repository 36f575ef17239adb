import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { describe, expect, test } from 'vitest';
import { createEnsResolver, type EnsResolverOptions } from '../src/index.ts';
import { startChain } from './chain-stand-in.ts';
import { writeFakeIdCli } from './fake-id-cli.ts';
import { ethersNoise, idCliAddress, infoJson, infoText } from './id-cli-output.ts';
import { isAlive } from '@xmtp-messaging/testing';
import { json, profile, startWeb3Bio } from './web3bio-stand-in.ts';

const xid = 'alice.agent-23.xid.eth';
const one = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
const evil = '0x000000000000000000000000000000000000dEaD';
const print = (text: string) => `process.stdout.write(${JSON.stringify(text)})`;

/** A resolver whose sources are played by real processes and servers. */
async function setUp(idCliBody = print(infoJson(xid)), options: EnsResolverOptions = {}) {
  const web = await startWeb3Bio();
  const idCli = await writeFakeIdCli(idCliBody);
  const resolver = createEnsResolver({
    idCli: { command: idCli.command, timeoutMs: 5_000 },
    web3bio: { baseUrl: web.url, retries: 0, budget: null },
    ...options,
  });
  const code = (name: string) =>
    resolver.resolve(name).then(
      () => 'resolved',
      (error: { code: string }) => error.code,
    );
  return { web, idCli, resolver, code };
}

describe('attack 1: a name that is an option, a shell command or a dotenv setting', () => {
  test.each([
    '--help.xid.eth',
    '-c.xid.eth',
    '--chain=op.xid.eth',
    'dotenv_config_path=/tmp/x.xid.eth',
    'a b.xid.eth',
    '"a".xid.eth',
    "'a'.xid.eth",
    '$(touch x).xid.eth',
    '`touch x`.xid.eth',
    'a;b.xid.eth',
    'a|b.xid.eth',
    'a&b.xid.eth',
  ])('%s never reaches the program', async (name) => {
    const { idCli, web, code } = await setUp();
    expect(await code(name)).toBe('INVALID_NAME');
    expect(await idCli.runs()).toEqual([]);
    expect(web.requests).toEqual([]);
  });
});

describe('attack 2: a name that is expensive to look at', () => {
  test.each([
    ['a megabyte', 'a'.repeat(1_000_000)],
    ['ten thousand labels', `${'a.'.repeat(10_000)}eth`],
    ['many bytes in few characters', `${'👻'.repeat(70)}.eth`],
  ])('%s is refused by its length alone', async (_, name) => {
    const { code } = await setUp();
    expect(await code(name)).toBe('NAME_TOO_LONG');
  });
});

describe('attack 3: characters that change what is asked for', () => {
  test.each([
    'a\0.xid.eth',
    'a\0.eth',
    'a\r\nb.eth',
    'a\n.xid.eth',
    '\u202ehte.a',
    'a\u202eb.eth',
    'a．eth',
    'a。eth',
    '..',
    'a..eth',
    'a/../../b.eth',
    '../refresh.eth',
    'a?x=.eth',
    'a#.eth',
    'a%2f.eth',
    'a@b.eth',
  ])('%j is refused before any source is asked', async (name) => {
    const { idCli, web, code } = await setUp();
    expect(['INVALID_NAME', 'UNSUPPORTED_NAME']).toContain(await code(name));
    expect(await idCli.runs()).toEqual([]);
    expect(web.requests).toEqual([]);
  });

  test('invisible characters that vanish are reported', async () => {
    const { web, resolver } = await setUp();
    web.profiles.set('ens/vitalik.eth', profile('vitalik.eth', one));
    expect(await resolver.resolve('vita\u200blik.eth')).toMatchObject({ name: 'vitalik.eth', normalized: true });
  });
});

describe('attack 4: a name that looks like another', () => {
  test.each(['vitalіk.eth', 'аpple.eth', 'а.eth', 'İ.eth'])(
    '%s (mixed or confusable scripts) is refused',
    async (name) => {
      const { code } = await setUp();
      expect(await code(name)).toBe('INVALID_NAME');
    },
  );

  test('upper case is the same name; look-alikes within ASCII are other names, and stay so', async () => {
    const { web, resolver, code } = await setUp();
    web.profiles.set('ens/modern.eth', profile('modern.eth', one));
    expect(await resolver.resolve('MODERN.eth')).toMatchObject({ name: 'modern.eth', normalized: false });
    expect(await code('modem.eth')).toBe('NOT_FOUND');
  });
});

describe('attack 5: id-cli says something else than was asked', () => {
  test.each([
    ['another domain', infoJson('mallory.xid.eth', { ethAddress: evil }), 'NAME_MISMATCH'],
    ['another node', infoJson(xid, { node: `0x${'1'.repeat(64)}` }), 'NAME_MISMATCH'],
    ['a path below the default chain', infoText(`${xid}.base.xid.eth`, evil), 'UNSUPPORTED_BY_RESOLVER'],
    ['a forged line among the text records', infoText(xid, null, ['', `  ETH:     ${evil}`]), 'NO_ADDRESS'],
    ['text after the address', infoText(xid, `${evil} `.repeat(2)), 'BAD_RESPONSE'],
    ['an address in __proto__', `{"status":"ok","__proto__":{"data":${infoJson(xid)}}}`, 'BAD_RESPONSE'],
  ])('%s is not believed', async (_, output, expected) => {
    const { code } = await setUp(print(output));
    expect(await code(xid)).toBe(expected);
  });

  test.each([
    ['noise before the answer', `${ethersNoise}\n${infoJson(xid)}\n`],
    ['an earlier answer', `${infoJson(xid, { ethAddress: evil })}\n${infoJson(xid)}\n`],
    ['colours', infoText(xid, `\u001b[36m${idCliAddress}\u001b[39m`)],
    ['a forged answer among the text records', infoText(xid, idCliAddress, [infoJson(xid, { ethAddress: evil })])],
  ])('%s does not change the answer', async (_, output) => {
    const { resolver } = await setUp(print(output));
    expect(await resolver.resolve(xid)).toMatchObject({ address: idCliAddress, source: 'id-cli' });
  });
});

describe('attack 6: id-cli fails, floods or hangs', () => {
  test.each([
    ['says nothing and succeeds', '', 'BAD_RESPONSE'],
    ['gives an address and fails', `${print(infoJson(xid))}; process.exitCode = 1`, 'UPSTREAM_ERROR'],
    ['prints 10 MB', print('x').replace('"x"', 'Buffer.alloc(10_000_000, 32)'), 'RESPONSE_TOO_LARGE'],
    ['dies of a signal', `process.kill(process.pid, 'SIGKILL')`, 'UPSTREAM_ERROR'],
  ])('one that %s', async (_, body, expected) => {
    const { code } = await setUp(body);
    expect(await code(xid)).toBe(expected);
  });

  const startHanging = (detached: boolean) =>
    `const child = child_process.spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit', detached: ${detached} });
     child.unref();
     fs.writeFileSync(path.join(path.dirname(process.argv[1]), 'child'), String(child.pid));`;
  const childOf = async (folder: string) => Number(await readFile(join(folder, 'child'), 'utf8'));

  test('one that hangs and ignores SIGTERM is killed, with what it started', async () => {
    const hang = `process.on('SIGTERM', () => {}); ${startHanging(false)} setInterval(() => {}, 1000)`;
    const { command, folder, runs } = await writeFakeIdCli(hang);
    const resolver = createEnsResolver({ idCli: { command, timeoutMs: 2_500 }, web3bio: false });
    await expect(resolver.resolve(xid)).rejects.toMatchObject({ code: 'TIMEOUT', retryable: true });
    const pids = [(await runs())[0]!.pid, await childOf(folder)];
    await waitFor(() => !pids.some(isAlive), { what: 'the death of both' });
  });

  test('a child of it that keeps the pipe open holds nothing up', async () => {
    const { idCli, resolver } = await setUp(`${startHanging(true)} ${print(infoJson(xid))}`);
    expect(await resolver.resolve(xid)).toMatchObject({ address: idCliAddress });
    process.kill(await childOf(idCli.folder), 'SIGKILL');
  });
});

describe('attack 7: the place where id-cli runs decides what it answers', () => {
  test('it runs in an empty private folder with an environment of its own', async () => {
    const { idCli, resolver } = await setUp();
    await resolver.resolve(xid);
    await resolver.resolve(xid, { fresh: true });
    const [first, second] = await idCli.runs();
    expect(first).toMatchObject({ files: [], argv: ['info', xid] });
    expect(first!.cwd).not.toBe(second!.cwd);
    expect(first!.cwd).not.toBe(process.cwd());
    expect(first!.env).toEqual({
      PATH: expect.stringMatching(/^\//) as unknown,
      HOME: first!.cwd,
      INDEXER_URL: 'http://127.0.0.1:1',
    });
  });

  test('a program in the working directory is not found', async () => {
    const { folder } = await writeFakeIdCli(print(infoJson(xid, { ethAddress: evil })));
    const before = process.cwd();
    process.chdir(folder);
    try {
      const resolver = createEnsResolver({ idCli: { searchPath: '.::bin:/nowhere' }, web3bio: false });
      await expect(resolver.resolve(xid)).rejects.toMatchObject({ code: 'RESOLVER_UNAVAILABLE' });
      expect(() => createEnsResolver({ idCli: { command: ['./id-cli'] } })).toThrow(
        expect.objectContaining({ code: 'INVALID_OPTION' }),
      );
    } finally {
      process.chdir(before);
    }
  });

  test('a missing program says where to get it', async () => {
    const resolver = createEnsResolver({ idCli: { command: ['/nowhere/id-cli'] }, web3bio: false });
    await expect(resolver.resolve(xid)).rejects.toThrow(/github\.com\/idchain-world\/id-cli/);
  });
});

describe('attack 8: web3.bio, or whoever answers for it, lies', () => {
  test.each([
    ['HTML', '<html>', 'BAD_RESPONSE'],
    ['a list', JSON.stringify([profile('a.eth', evil)]), 'BAD_RESPONSE'],
    ['somebody else', JSON.stringify(profile('b.eth', evil)), 'NAME_MISMATCH'],
    ['another platform', JSON.stringify(profile('a.eth', evil, 'farcaster')), 'NAME_MISMATCH'],
    ['no address', JSON.stringify(profile('a.eth', null)), 'NO_ADDRESS'],
    ['an empty address', JSON.stringify(profile('a.eth', '')), 'NO_ADDRESS'],
    [
      'a Solana address',
      JSON.stringify(profile('a.eth', '7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU')),
      'BAD_RESPONSE',
    ],
    ['20 MB', ' '.repeat(20_000_000), 'RESPONSE_TOO_LARGE'],
  ])('a 200 with %s', async (_, body, expected) => {
    const { web, code } = await setUp();
    web.override = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
      return true;
    };
    expect(await code('a.eth')).toBe(expected);
  });

  test.each([
    [301, 'REDIRECT_REFUSED'],
    [401, 'UNAUTHORIZED'],
    [403, 'UNAUTHORIZED'],
    [404, 'NOT_FOUND'],
    [429, 'RATE_LIMITED'],
    [500, 'UPSTREAM_ERROR'],
  ])('status %i is %s', async (status, expected) => {
    const { web, code } = await setUp();
    web.override = (_, response) => {
      response.writeHead(status, { location: 'http://169.254.169.254/' }).end();
      return true;
    };
    expect(await code('a.eth')).toBe(expected);
  });

  test('plain http to another machine is refused from the start', () => {
    expect(() => createEnsResolver({ web3bio: { baseUrl: 'http://api.web3.bio' } })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
  });
});

describe('attack 9: the cache is filled, poisoned or stampeded', () => {
  test('a thousand callers for one cold name start id-cli once', async () => {
    const { idCli, resolver } = await setUp();
    const all = await Promise.all(Array.from({ length: 1_000 }, () => resolver.resolve(xid)));
    expect(new Set(all.map(({ address }) => address))).toEqual(new Set([idCliAddress]));
    expect(await idCli.runs()).toHaveLength(1);
  });

  test('a caller who gives up ends nothing for the others, the last one ends the program', async () => {
    const { idCli, resolver } = await setUp(`setInterval(() => {}, 1000)`);
    const controllers = [new AbortController(), new AbortController()];
    const calls = controllers.map(({ signal }) => resolver.resolve(xid, { signal }).catch((error: unknown) => error));
    const [run] = await waitFor(async () => ((await idCli.runs()).length > 0 ? idCli.runs() : null));
    controllers[0]!.abort();
    expect(await calls[0]).toMatchObject({ code: 'ABORTED' });
    expect(isAlive(run!.pid)).toBe(true);
    controllers[1]!.abort();
    await calls[1];
    await waitFor(() => !isAlive(run!.pid), { what: 'the death of id-cli' });
  });

  test('many names do not push memory past its bound', async () => {
    const { web, resolver } = await setUp(undefined, { cache: { max: 2 } });
    for (const name of ['a.eth', 'b.eth', 'c.eth']) web.profiles.set(`ens/${name}`, profile(name, one));
    for (const name of ['a.eth', 'b.eth', 'c.eth', 'c.eth', 'a.eth']) await resolver.resolve(name);
    expect(web.requests.map(({ path }) => path.at(-5))).toEqual(['a', 'b', 'c', 'a']);
  });
});

describe('attack 10: a name is sold or stolen after it was trusted', () => {
  test('a pinned peer is not followed to a new address', async () => {
    const { web, resolver } = await setUp(undefined, { cache: { ttlMs: 0 } });
    web.profiles.set('ens/a.eth', profile('a.eth', evil));
    await expect(resolver.resolve('a.eth', { pinned: one })).rejects.toMatchObject({ code: 'ADDRESS_CHANGED' });
  });
});

describe('attack 11: a source is broken so that a weaker one answers', () => {
  test('a failing id-cli is not replaced by web3.bio', async () => {
    const { web, code } = await setUp('process.exit(1)');
    web.profiles.set(`ens/${xid}`, profile(xid, evil));
    expect(await code(xid)).toBe('UPSTREAM_ERROR');
    expect(web.requests).toEqual([]);
  });

  test('a failing chain is not skipped when it must confirm', async () => {
    const [web, chain] = [await startWeb3Bio(), await startChain()];
    chain.override = (response) => response.writeHead(500).end();
    web.profiles.set('ens/a.eth', profile('a.eth', evil));
    const resolver = createEnsResolver({
      idCli: false,
      web3bio: { baseUrl: web.url },
      onchain: { rpcUrl: chain.url },
      verify: true,
    });
    await expect(resolver.resolve('a.eth')).rejects.toMatchObject({ code: 'UPSTREAM_ERROR', source: 'onchain' });
  });

  test('a broken hosts file does not let a local name out', async () => {
    const path = join(await temporaryDirectory(), 'hosts.yaml');
    await writeFile(path, `a.eth: ${one}\nb.eth: nonsense\n`);
    const { web, code } = await setUp(undefined, { hosts: { path } });
    expect(await code('a.eth')).toBe('HOSTS_INVALID');
    expect(web.requests).toEqual([]);
  });
});

describe('attack 12: a name that leads to nobody, or back to ourselves', () => {
  const zero = `0x${'0'.repeat(40)}`;

  test('the zero address is no answer, from any source', async () => {
    const { web, code } = await setUp(print(infoJson(xid, { ethAddress: zero })));
    web.profiles.set('ens/a.eth', profile('a.eth', zero));
    expect([await code(zero), await code(xid), await code('a.eth')]).toEqual([
      'ZERO_ADDRESS',
      'NO_ADDRESS',
      'NO_ADDRESS',
    ]);
  });

  test('our own address is recognisable, however it was written', async () => {
    const { web, resolver } = await setUp();
    web.profiles.set('ens/me.eth', profile('me.eth', one.toLowerCase()));
    const written = ['me.eth', one, one.toLowerCase(), `0x${one.slice(2).toUpperCase()}`];
    const found = await resolver.resolveMany(written);
    const identifiers = found.map((result) => (result.ok ? result.resolution.identifier : null));
    expect(new Set(identifiers)).toEqual(new Set([one.toLowerCase()]));
  });
});

describe('attack 13: lookups are provoked until the service locks us out', () => {
  test('more than six cold names in ten seconds wait or fail here, not there', async () => {
    const web = await startWeb3Bio();
    const resolver = createEnsResolver({ web3bio: { baseUrl: web.url, patienceMs: 0 }, idCli: false });
    const names = Array.from({ length: 20 }, (_, index) => `name-${index}.eth`);
    const codes = await Promise.all(
      names.map((name) => resolver.resolve(name).catch(({ code }: { code: string }) => code)),
    );
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(14);
    expect(web.requests).toHaveLength(6);
  });

  test('a 429 is obeyed', async () => {
    const web = await startWeb3Bio();
    web.override = (_, response) => {
      json(response, 429, { error: '429 Too Many Requests.' });
      return true;
    };
    const resolver = createEnsResolver({ web3bio: { baseUrl: web.url, patienceMs: 100 }, idCli: false });
    await expect(resolver.resolve('a.eth')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 10_000 });
    await expect(resolver.resolve('b.eth')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(web.requests).toHaveLength(1);
  });
});

describe('attack 14: the API key is lured away or shows up where people read', () => {
  test.each([302, 403, 500])('status %i neither carries it on nor prints it', async (status) => {
    const [web, thief] = [await startWeb3Bio(), await startWeb3Bio()];
    web.override = (_, response) => {
      response.writeHead(status, { location: `${thief.url}/` }).end('secret-key');
      return true;
    };
    const resolver = createEnsResolver({
      web3bio: { baseUrl: web.url, apiKey: 'secret-key', retries: 0 },
      idCli: false,
    });
    const error: unknown = await resolver.resolve('a.eth').catch((cause: unknown) => cause);
    expect(web.requests[0]?.headers['x-api-key']).toBe('Bearer secret-key');
    expect(thief.requests).toEqual([]);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret-key');
  });

  test('a source that cannot be reached does not show it either', async () => {
    const resolver = createEnsResolver({
      web3bio: { baseUrl: 'http://127.0.0.1:1', apiKey: 'secret-key', retries: 0 },
      idCli: false,
    });
    const error = (await resolver.resolve('a.eth').catch((cause: unknown) => cause)) as Error;
    expect(error).toMatchObject({ code: 'UPSTREAM_ERROR' });
    expect(`${error.stack} ${String((error.cause as Error).stack)} ${JSON.stringify(error.cause)}`).not.toContain(
      'secret-key',
    );
  });
});
