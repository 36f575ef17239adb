import { randomBytes } from 'node:crypto';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAgent } from '@xmtp-messaging/agent';
import { createDevnet } from '@xmtp-messaging/devnet';
import { type DeliveryTarget, startSharedServer } from '@xmtp-messaging/server';
import { createWallets, findFreePort } from '@xmtp-messaging/stage';
import { networkAt, networkVariables, testProtocol, waitFor } from '@xmtp-messaging/testing';
import { intrude } from './intrude.ts';
import type { Turn } from './model/obey.ts';
import { startModel } from './model/start-model.ts';
import { postJson } from './post-json.ts';

/** Who hears: the agents of one server, each woken in its own way, and one without a server. */
const served = ['hook', 'rest-ap', 'pull'] as const;
export type Served = (typeof served)[number];

/** How an example hears: as one of these, with a mailbox of its own, or by a form. */
type Mail = Served | 'own' | 'form';

/** Everything that the examples stand on. */
export interface Stage {
  /** Says this to the example that hears in this way, as a friend, and waits for the answer. */
  ask(mail: Mail, words: string): Promise<string>;
  /** The same to its port, as somebody who is not the server. Nothing where it has none, or takes anybody's words there. */
  intrude(mail: Mail, words: string): Promise<void>;
  /** What the model read, of whichever example. */
  turns: readonly Turn[];
  /** What an example may know, by how it hears. */
  envFor(mail: Mail): Record<string, string>;
  close(): Promise<void>;
}

const operatorToken = randomBytes(24).toString('base64url');
const secret = `whsec_${randomBytes(24).toString('base64')}`;

/** A network, wallets, one server with the agents, somebody who writes, and a model. */
export async function setStage(): Promise<Stage> {
  const root = await mkdtemp(join(await realpath(tmpdir()), 'xmtp-messaging-examples-'));
  const [vault, homeRoot] = [join(root, 'vault'), join(root, 'xmtp')];
  const [devnet, model] = await Promise.all([createDevnet({ protocol: testProtocol }), startModel()]);
  const names = ['alice', 'own', ...served] as const;
  const addresses = await createWallets(vault, names);
  const addressOf = (name: (typeof names)[number]) => addresses[names.indexOf(name)]!;
  const hostsFile = join(root, 'hosts.yaml');
  await writeFile(hostsFile, names.map((name) => `${name}.eth: "${addressOf(name)}"\n`).join(''), { mode: 0o600 });

  const common = { homeRoot, network: networkAt(devnet.url), names: { hostsFile } };
  const taken = new Set<number>();
  const freePort = async () => {
    const port = await findFreePort(20_000 + (process.pid % 10_000), taken);
    taken.add(port);
    return port;
  };
  const ports = { hook: await freePort(), 'rest-ap': await freePort(), form: await freePort() };
  const urlOf = (mail: keyof typeof ports) => `http://127.0.0.1:${ports[mail]}`;
  const targets: Record<Served, DeliveryTarget | undefined> = {
    hook: { kind: 'webhook', url: urlOf('hook'), secrets: [secret] },
    'rest-ap': { kind: 'rest-ap', url: urlOf('rest-ap') },
    pull: undefined,
  };
  const server = await startSharedServer({
    homeRoot,
    http: { port: 0, operatorToken },
    agents: served.map((name) => ({
      name,
      settings: async () => ({
        config: { ...common, wallet: { name, home: vault }, http: {}, delivery: { target: targets[name] } },
      }),
    })),
  });
  const alice = await openAgent({ ...common, wallet: { name: 'alice', home: vault } });
  await waitFor(() => server.agents().every(({ connected }) => connected), { timeoutMs: 30_000, what: 'the agents' });
  for (const name of served) await admit(`${server.url}/agents/${name}`, alice.address);
  for (const name of ['own', ...served]) await alice.allow(`${name}.eth`);

  const heard: { from: string; text: string }[] = [];
  alice.onMessage(({ from, text }) => void heard.push({ from: from.address ?? '', text: text ?? '' }));

  return {
    turns: model.turns,
    ask: async (mail, words) => {
      if (mail === 'form') {
        const answer = await postJson(urlOf('form'), { address: alice.address, text: words });
        return ((await answer.json()) as { reply: string }).reply;
      }
      const address = addressOf(mail);
      const fromThere = () => heard.filter(({ from }) => from.toLowerCase() === address.toLowerCase());
      const before = fromThere().length;
      await alice.send(address, words);
      const answer = await waitFor(() => fromThere().at(before), { timeoutMs: 30_000, what: 'an answer' });
      // It has acknowledged, too: who hears by the same agent next finds nothing left.
      const isPending = () => server.agents().some(({ name, pending }) => name === mail && pending !== 0);
      await waitFor(() => !isPending(), { timeoutMs: 30_000, what: 'nothing pending' });
      return answer.text;
    },
    intrude: async (mail, words) => {
      if (mail === 'hook' || mail === 'rest-ap') await intrude(mail, urlOf(mail), words);
    },
    envFor: (mail) => ({
      OPENAI_BASE_URL: model.openAiUrl,
      OPENAI_API_KEY: 'not-needed-here',
      ANTHROPIC_BASE_URL: model.anthropicUrl,
      ANTHROPIC_API_KEY: 'not-needed-here',
      ...(mail === 'hook' ? { PORT: String(ports.hook), XMTP_WEBHOOK_SECRET: secret } : {}),
      ...(mail === 'form' ? { PORT: String(ports.form), FRIENDS: alice.address } : {}),
      ...(mail === 'rest-ap' ? { PORT: String(ports['rest-ap']) } : {}),
      ...(mail === 'own'
        ? {
            OWS_WALLET: 'own',
            OWS_HOME: vault,
            XMTP_HOME: homeRoot,
            XMTP_HOSTS_FILE: hostsFile,
            ...networkVariables(devnet.url),
          }
        : {}),
      ...(isServed(mail) ? { XMTP_URL: `${server.url}/agents/${mail}` } : {}),
    }),
    close: async () => {
      await alice.close();
      await server.close();
      await Promise.all([devnet.close(), model.close()]);
      await rm(root, { recursive: true, force: true });
    },
  };
}

const isServed = (mail: string): mail is Served => served.some((name) => name === mail);

async function admit(url: string, address: string): Promise<void> {
  const { ok, status } = await fetch(`${url}/xmtp/allowlist`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${operatorToken}` },
    body: JSON.stringify({ address }),
  });
  if (!ok) throw new Error(`An agent does not list alice: ${status}`);
}
