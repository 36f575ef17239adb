import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { createDevnet } from '@xmtp-messaging/devnet';
import { parseEnvironment, type RunningServer, startServer } from '@xmtp-messaging/server';
import { createWallets } from '@xmtp-messaging/stage';
import { networkAt, temporaryDirectory, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { validate } from 'skills-ref';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deploy } from '../src/index.ts';

const execute = promisify(execFile);
const tokens = { operator: 'w8Vn2-kept-by-one-alone-Qz71', agent: "aGent$HOME`id`'-1" };

interface Message {
  id: string;
  text: string;
  state: string;
}

const asOperator = { authorization: `Bearer ${tokens.operator}` };
const list = async (server: RunningServer, query: string) => {
  const answer = await fetch(`${server.url}/xmtp/messages?${query}`, { headers: asOperator });
  return ((await answer.json()) as { messages: Message[] }).messages;
};

/** What stands behind the gutter. */
const wordsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => /^[a-z0-9]{6}\| /u.test(line))
    .map((line) => line.slice(8))
    .join('\n');
const words = ({ text }: Message) => wordsOf(text);

const ends: (() => Promise<unknown>)[] = [];
let stage: Awaited<ReturnType<typeof setStage>>;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

/** A port on which nothing listened a moment ago; the kernel gives each only once in a while. */
async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function setStage() {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'xmtp-messaging-skill-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const devnet = await createDevnet({ protocol: testProtocol });
  ends.push(() => devnet.close());
  const addresses = await createWallets(folder, ['alice', 'bob']);
  const port = await findPort();
  const xmtp = { ...networkAt(devnet.url), for: ['claude', 'codex', 'openclaw'], workspace: 'work', port };
  const team = { team: 't', defaults: { skills: ['xmtp'] }, agents: [{ name: 'alice', xmtp }] };
  await writeFile(join(folder, 'team.yaml'), JSON.stringify(team));
  await writeFile(join(folder, '.env'), 'OWS_WALLET=alice\n');
  await deploy({ team: join(folder, 'team.yaml') });

  // Alice's server has what `deploy` wrote for it, and secrets.
  const settings = parseEnv(await readFile(join(folder, '.agents/alice/xmtp.env'), 'utf8'));
  const secrets = { HOME: folder, XMTP_API_TOKEN: tokens.agent, XMTP_OPERATOR_TOKEN: tokens.operator };
  const servers = await Promise.all([
    startServer(parseEnvironment({ ...settings, ...secrets }).config),
    startServer({
      wallet: { name: 'bob', home: folder },
      homeRoot: join(folder, '.xmtp'),
      network: networkAt(devnet.url),
      http: { port: 0, operatorToken: tokens.operator },
    }),
  ]);
  ends.push(() => Promise.all(servers.map((server) => server.close())));
  await Promise.all(servers.map((server) => server.ready()));
  const [alice, bob] = servers;
  const post = (server: RunningServer, path: string, body: object) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...asOperator },
      body: JSON.stringify(body),
    });
  expect((await post(alice, '/xmtp/allowlist', { address: addresses[1] })).status).toBe(201);
  expect((await post(bob, '/xmtp/allowlist', { address: addresses[0] })).status).toBe(201);
  const skill = await readFile(join(folder, '.agents/alice/skills/xmtp/SKILL.md'), 'utf8');
  // As they stand in the file, in its order.
  const commands = [...skill.matchAll(/```sh\n(.*?)```/gsu)].map(([, block]) => block!);
  const named = (part: string) => commands.find((command) => command.includes(part))!;
  return { alice, bob, addresses, skill, post, commands, named, folder };
}

const env = { ...process.env, XMTP_API_TOKEN: tokens.agent };
const sh = async (command: string, { shell = 'sh', cwd }: { shell?: string; cwd?: string } = {}) => {
  const { stdout, stderr } = await execute(shell, ['-c', command], { env, cwd });
  expect(stderr).toBe('');
  return stdout;
};
const asJson = async (command: string, options = {}) => JSON.parse(await sh(command, options)) as unknown;

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
      expect({ said, answer: await asJson(command, { shell, cwd }) }).toMatchObject({ said, answer: { ok: true } });
    }
  }
  const heard = await waitFor(async () => {
    const messages = await list(bob, 'limit=1000');
    return messages.length === all.length * 2 && messages;
  });
  expect(heard.map(words).toSorted()).toEqual([...all, ...all].toSorted());

  // An agent that forgets to escape loses its message, not its shell: nobody outside knows the delimiter.
  for (const [index, said] of hostile.entries()) {
    expect(await asJson(fill(said, `raw-${index}`), { cwd })).toHaveProperty('ok');
  }
  expect(await readdir(cwd)).toEqual([]);
});

type TenCommands = [string, string, string, string, string, string, string, string, string, string];

test('an agent that follows SKILL.md from top to bottom gets the pending message, answers it, and is done with it', async () => {
  const { alice, bob, addresses, post, commands } = stage;
  const cwd = await temporaryDirectory();
  const tell = (said: object) => post(bob, '/xmtp/send', { to: addresses[0], ...said });
  await tell({ message: 'dealt with long ago' });
  const [old] = await waitFor(async () => {
    const messages = await list(alice, 'state=pending');
    return messages.length === 1 && messages;
  });
  await post(alice, `/xmtp/messages/${old!.id}/ack`, {});
  expect(commands).toHaveLength(10);
  const [look, wait, reply, react, ack, send, text, attachment, status, prompt] = commands as TenCommands;

  // Nothing pending, nothing printed. Then it waits, and hears of what comes.
  expect(await sh(look)).toBe('');
  const coming = sh(wait);
  await tell({ message: "$(touch pwned) `touch pwned` it's the new one" });
  const block = await coming;
  expect(block.match(/^<untrusted_xmtp_message id=/gmu)).toHaveLength(1);
  expect(wordsOf(block)).toBe("$(touch pwned) `touch pwned` it's the new one");
  expect(await sh(look)).toBe(block);
  const id = /^message: ([0-9a-f]{64})$/mu.exec(block)![1]!;

  const about = (command: string) => command.replaceAll('ID', id);
  expect(await asJson(about(reply))).toMatchObject({ ok: true, replayed: false });
  expect(await asJson(about(reply))).toMatchObject({ ok: true, replayed: true });
  expect(await asJson(about(react))).toMatchObject({ ok: true });
  expect(wordsOf(await sh(about(text)))).toBe(wordsOf(block));
  expect(await asJson(about(ack))).toEqual({ ok: true, id });
  expect(await sh(look)).toBe('');
  const heard = await waitFor(async () => {
    const found = (await list(bob, 'limit=1000')).filter(({ text: body }) => /Thank you|👍/u.test(body));
    return found.length >= 2 && found;
  });
  expect(heard.map(words).filter((each) => each.includes('Thank you'))).toHaveLength(1);

  expect(await asJson(send.replace('alice.agent-23.xid.eth', addresses[1]!))).toMatchObject({ ok: true, heard: true });
  expect(await asJson(status)).toMatchObject({ connected: true, address: addresses[0] });
  expect(await sh(prompt)).toContain(/^([a-z0-9]{6}\| )/mu.exec(block)![1]!);

  // A file lies where the command says, under a name that its sender did not choose.
  await tell({
    attachment: { filename: '../pwned', mimeType: 'text/plain', data: Buffer.from('hello').toString('base64') },
  });
  const file = /^message: ([0-9a-f]{64})$/mu.exec(await sh(wait))![1]!;
  expect(await sh(attachment.replaceAll('ID', file), { cwd })).toBe('');
  expect(await readFile(join(cwd, 'attachment-0'), 'utf8')).toBe('hello');
  expect(await readdir(cwd)).toEqual(['attachment-0']);
  await sh(ack.replaceAll('ID', file));
});

test('the skill is valid wherever it is put, and small', async () => {
  const { folder, skill } = stage;
  const places = ['.agents/alice/skills', 'work/.claude/skills', 'work/.agents/skills', 'work/skills'];
  for (const place of places) {
    expect([place, await validate(join(folder, place, 'xmtp'))]).toEqual([place, []]);
    expect(await readFile(join(folder, place, 'xmtp/SKILL.md'), 'utf8')).toBe(skill);
  }
  // About 2,500 tokens; the standard recommends fewer than 5,000.
  expect(skill.length).toBeLessThan(10_000);
});

test('the commands of SKILL.md do not reach the server of another agent, whoever has the port', async () => {
  const { bob, alice, commands, addresses } = stage;
  const cwd = await temporaryDirectory();
  const { port } = new URL(alice.url);
  for (const part of commands.filter((command) => !command.includes(' -o '))) {
    const command = part.replaceAll(`http://localhost:${port}`, bob.url).replaceAll('ID', 'f'.repeat(64));
    const answer = await asJson(command.replace('alice.agent-23.xid.eth', addresses[0]!), { cwd });
    expect(answer).toMatchObject({ ok: false, code: 'WRONG_AGENT' });
  }
});
