import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRunCli } from './cli/create-run-cli.ts';
import type { ClientKind, ClientSource, OpenOptions } from './client-kind.ts';
import { fetchPackages } from './fetch-packages.ts';
import type { Person } from './person.ts';
import { toSigner } from './to-signer.ts';
import { versionOf } from './version-of.ts';

const packages = { '@xmtp/cli': '0.0.6', '@xmtp/agent-sdk': '2.3.0' };
/** What the SDK takes for V3 with `env: local`; the command has no setting for another. */
const v3Port = 5556;
const everything = ['--limit', '100000'];

/** XMTP's command line. Each call is a process of its own that opens the person's database and ends. */
export const cli: ClientSource = {
  name: '@xmtp/cli',
  about: "XMTP's command line, each call a process of its own, fetched from npm",
  async start({ folder: root, tell }): Promise<ClientKind> {
    const folder = await fetchPackages({ folder: join(root, 'xmtp-cli'), packages, tell });
    const people = await mkdtemp(join(tmpdir(), 'xmtp-messaging-cli-'));
    const main = join(folder, 'node_modules/@xmtp/cli/dist/index.js');

    async function open({ network, privateKey }: OpenOptions): Promise<Person> {
      const home = await mkdtemp(join(people, 'person-'));
      const run = await createRunCli({
        main,
        folder: home,
        settings: {
          XMTP_ENV: 'local',
          XMTP_WALLET_KEY: privateKey,
          XMTP_DB_ENCRYPTION_KEY: randomBytes(32).toString('hex'),
          ...(network.gatewayUrl === null ? {} : { XMTP_GATEWAY_HOST: network.gatewayUrl }),
        },
      });
      const info = await run('debug', 'info');
      const synced = async (...args: string[]) => {
        await run('syncall');
        return await run(...args);
      };
      const addresses = (peers: readonly { address: string }[]) => peers.map(({ address }) => address).join(',');
      const known = {
        address: toSigner(privateKey).address,
        inboxId: info.after('Inbox ID:'),
        installationId: info.after('Installation ID:'),
      };
      const calls: Partial<Person> = {
        createDm: async ({ address }) => (await run('groups', 'create', '--target', address)).after('[OK] DM created:'),
        createGroup: async (peers) =>
          (await run('groups', 'create', '--type', 'group', '--member-addresses', addresses(peers))).after(
            '[OK] Group created:',
          ),
        async send(id, text) {
          await run('send', '--group-id', id, '--message', text);
        },
        async sync() {
          await run('syncall');
        },
        conversations: async (kind) => (await synced('list', 'conversations', ...everything)).conversations(kind),
        texts: async (id) => (await synced('list', 'messages', '--conversation-id', id, ...everything)).texts(),
        members: async (id) => (await synced('list', 'members', '--conversation-id', id)).members(),
        async rename(id, name) {
          await run('groups', 'metadata', '--group-id', id, '--name', name);
        },
        nameOf: async (id) => (await synced('permissions', 'info', '--group-id', id)).after('Name:'),
        close: () => rm(home, { recursive: true, force: true }),
      };
      // What it lacks is not asked for.
      return { ...known, ...calls } as Person;
    }

    return {
      name: '@xmtp/cli',
      version: versionOf('@xmtp/cli', join(folder, 'package.json')),
      lacks: [
        'sendMany',
        'isMember',
        'add',
        'remove',
        'makeAdmin',
        'disappear',
        'deny',
        'isDenied',
        'stream',
        'heard',
        'syncDevices',
        'sendHistory',
        'takeHistory',
        'keyPackageSince',
      ],
      cannotSpeak: {},
      v3Port,
      patience: 4,
      open,
      close: () => rm(people, { recursive: true, force: true }),
    };
  },
};
