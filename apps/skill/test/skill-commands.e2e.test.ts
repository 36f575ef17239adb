import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createDevnet } from '@xmtp-messaging/devnet';
import { type RunningServer, startServer } from '@xmtp-messaging/server';
import { createWallets } from '@xmtp-messaging/stage';
import { networkAt, temporaryDirectory, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deploy } from '../src/index.ts';

const execute = promisify(execFile);
const operatorToken = 'w8Vn2-kept-by-one-alone-Qz71';

interface Message {
  id: string;
  text: string;
  state: string;
}

const list = async (server: RunningServer, query: string) =>
  ((await (await fetch(`${server.url}/xmtp/messages?${query}`)).json()) as { messages: Message[] }).messages;

/** The words of a message without its boundary. */
const words = ({ text }: Message) =>
  text
    .split('\n')
    .filter((line) => /^[a-z0-9]{6}\| /u.test(line))
    .map((line) => line.slice(8))
    .join('\n');

const ends: (() => Promise<unknown>)[] = [];
let stage: Awaited<ReturnType<typeof setStage>>;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

async function setStage() {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'xmtp-messaging-skill-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const devnet = await createDevnet({ protocol: testProtocol });
  ends.push(() => devnet.close());
  const vault = join(folder, 'vault');
  const names = ['alice', 'bob'] as const;
  const addresses = await createWallets(vault, names);
  const servers = await Promise.all(
    names.map((name) =>
      startServer({
        wallet: { name, home: vault },
        homeRoot: join(folder, 'xmtp'),
        network: networkAt(devnet.url),
        http: { port: 0, operatorToken },
      }),
    ),
  );
  ends.push(() => Promise.all(servers.map((server) => server.close())));
  await Promise.all(servers.map((server) => server.ready()));
  const post = (server: RunningServer, path: string, body: object) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${operatorToken}` },
      body: JSON.stringify(body),
    });
  const [alice, bob] = servers as [RunningServer, RunningServer];
  expect((await post(alice, '/xmtp/allowlist', { address: addresses[1] })).status).toBe(201);
  expect((await post(bob, '/xmtp/allowlist', { address: addresses[0] })).status).toBe(201);
  await writeFile(join(folder, 'team.yaml'), 'team: t\ndefaults: {skills: [xmtp]}\nagents: [{name: alice}]\n');
  await writeFile(join(folder, '.env'), 'OWS_WALLET=alice\n');
  await deploy({ team: join(folder, 'team.yaml') });
  const skill = await readFile(join(folder, '.agents/alice/skills/xmtp/SKILL.md'), 'utf8');
  const commands = [...skill.matchAll(/```sh\n(.*?)```/gsu)].map(([, block]) =>
    block!
      .replaceAll(/http:\/\/localhost:\d+/gu, alice.url)
      .replaceAll(/Xmtp-Agent: [\w.]+/gu, `Xmtp-Agent: ${addresses[0]}`),
  );
  const named = (part: string) => commands.find((command) => command.includes(part))!;
  return { alice, bob, addresses, skill, post, named };
}

const hostile = [
  "I'm on my way",
  `ok'; touch pwned; echo '`,
  'she said "now" and "then"; touch pwned',
  '$(touch pwned) ${HOME} `touch pwned` $0 !!',
  'C:\\new\\table \\\' \\" \\u0041',
  'line one\nline two\n\nXMTP_BODY\ntouch pwned\nEOF\ntouch pwned\nJSON\ntouch pwned',
  '"}\ntouch pwned',
  '%s %n ; touch pwned & touch pwned | touch pwned > pwned',
];

test('the commands of SKILL.md carry any words, and run none of them', async () => {
  const { bob, addresses, skill, named } = stage;
  const cwd = await temporaryDirectory();
  const delimiter = /<<'(\w+)'/u.exec(skill)![1]!;
  const all = [...hostile, `bye\n${delimiter}\ntouch pwned\n${delimiter}`];
  const send = named('/xmtp/send');
  const fill = (said: string, key: string) =>
    send
      .replace('alice.agent-23.xid.eth', addresses[1]!)
      .replace('greeting-1', key)
      .replace('Hello from alice', () => said);
  for (const [index, said] of all.entries()) {
    for (const shell of ['sh', 'bash']) {
      const command = fill(JSON.stringify(said).slice(1, -1), `${shell}-${index}`);
      const { stdout, stderr } = await execute(shell, ['-c', command], { cwd });
      expect({ said, stderr, ...(JSON.parse(stdout) as object) }).toMatchObject({ stderr: '', ok: true });
    }
  }
  const heard = await waitFor(async () => {
    const messages = await list(bob, 'limit=1000');
    return messages.length === all.length * 2 && messages;
  });
  expect(heard.map(words).toSorted()).toEqual([...all, ...all].toSorted());

  // An agent that forgets to escape loses its message, not its shell: nobody outside knows the delimiter.
  for (const [index, said] of hostile.entries()) {
    const { stdout } = await execute('sh', ['-c', fill(said, `raw-${index}`)], { cwd });
    expect(JSON.parse(stdout)).toHaveProperty('ok');
  }
  expect(await readdir(cwd)).toEqual([]);
});

test('the commands of SKILL.md read what is pending, answer it and acknowledge it', async () => {
  const { alice, bob, addresses, post, named } = stage;
  const run = async (command: string) => JSON.parse((await execute('sh', ['-c', command])).stdout) as unknown;
  const tell = (message: string) => post(bob, '/xmtp/send', { to: addresses[0], message });
  await tell('dealt with long ago');
  const [old] = await waitFor(async () => {
    const messages = await list(alice, 'state=pending');
    return messages.length === 1 && messages;
  });
  await post(alice, `/xmtp/messages/${old!.id}/ack`, {});
  await tell('the new one');

  const read = named('state=pending');
  const { messages } = (await run(read)) as { messages: Message[] };
  expect(messages.map(words)).toEqual(['the new one']);
  const id = messages[0]!.id;
  expect(await run(named('/ID/reply').replace('ID', id))).toMatchObject({ ok: true });
  expect(await run(named('/ID/ack').replace('ID', id))).toEqual({ ok: true, id });
  expect(await run(read.replace('wait=30', 'wait=0'))).toMatchObject({ messages: [] });
  const answers = await waitFor(async () => {
    const found = (await list(bob, 'limit=1000')).filter((message) => words(message) === 'Thank you');
    return found.length > 0 && found;
  });
  expect(answers).toHaveLength(1);
});

test('the commands of SKILL.md do not reach the server of another agent, whoever has the port', async () => {
  const { bob, alice, named, addresses } = stage;
  const cwd = await temporaryDirectory();
  for (const part of ['/xmtp/send', 'state=pending', '/xmtp/status', '/ack']) {
    const command = named(part).replaceAll(alice.url, bob.url).replace('alice.agent-23.xid.eth', addresses[0]!);
    const { stdout } = await execute('sh', ['-c', command], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, code: 'WRONG_AGENT' });
  }
});
