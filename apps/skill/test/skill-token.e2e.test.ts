import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { deploy } from '../src/index.ts';

const execute = promisify(execFile);

interface Seen {
  authorization: string | undefined;
  body: string;
  /** Argument lists of the processes that called. */
  callers: string[];
  /** Argument lists of all processes that hold the token. */
  leaks: string[];
}

/** A server that looks at all processes of the machine before it answers. */
async function startWatcher(token: string) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const lists = argumentLists();
      seen.push({
        authorization: request.headers.authorization,
        body,
        callers: lists.filter((list) => list.startsWith('curl ') && list.includes(`:${port}/`)),
        leaks: lists.filter((list) => list.includes(token)),
      });
      response.end('{}');
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, url: `http://127.0.0.1:${port}` };
}

function argumentLists(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(join('/proc', pid, 'cmdline'), 'utf8').replaceAll('\0', ' ')];
      } catch {
        // It has ended since.
        return [];
      }
    });
}

async function commandsTo(url: string): Promise<string[]> {
  const folder = await temporaryDirectory();
  await writeFile(join(folder, 'team.yaml'), 'team: t\ndefaults: {skills: [xmtp]}\nagents: [{name: alice}]\n');
  await writeFile(join(folder, '.env'), 'OWS_WALLET=alice\n');
  await deploy({ team: join(folder, 'team.yaml') });
  const skill = await readFile(join(folder, '.agents/alice/skills/xmtp/SKILL.md'), 'utf8');
  return [...skill.matchAll(/```sh\n(.*?)```/gsu)].map(([, block]) =>
    block!.replaceAll(/http:\/\/localhost:\d+/gu, url),
  );
}

// What a token may hold: printable ASCII. The shell must look into none of it.
const token = 't0ken-$(id)-`id`-$HOME-\'x\'"y"\\n!!&;|XMTP_TOKEN';

test.each([['sh'], ['bash']])(
  'in %s the commands of SKILL.md send the token, and no argument list holds it',
  async (shell) => {
    const { seen, url } = await startWatcher(token);
    const commands = await commandsTo(url);
    const cwd = await temporaryDirectory();
    for (const command of commands) {
      const { stderr } = await execute(shell, ['-c', command], { cwd, env: { ...process.env, XMTP_API_TOKEN: token } });
      expect(stderr).toBe('');
    }
    expect(seen.map(({ authorization }) => authorization)).toEqual(commands.map(() => `Bearer ${token}`));
    expect(seen.map(({ callers, leaks }) => [callers.length, leaks])).toEqual(commands.map(() => [1, []]));
    expect(seen.map(({ body }) => body).filter((body) => /TOKEN|Bearer/u.test(body))).toEqual([]);
  },
);

test.each([[''], [undefined]])('without a token (%o) they send none', async (none) => {
  const { seen, url } = await startWatcher(token);
  const commands = await commandsTo(url);
  const cwd = await temporaryDirectory();
  for (const command of commands) {
    const { stderr } = await execute('sh', ['-c', command], { cwd, env: { ...process.env, XMTP_API_TOKEN: none } });
    expect(stderr).toBe('');
  }
  expect(seen.map(({ authorization }) => authorization)).toEqual(commands.map(() => undefined));
});
