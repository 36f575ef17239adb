import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AgentSdk, startAgentSdk } from '../peers/start-agent-sdk.ts';
import { type BareSdk, startBareSdk } from '../peers/start-bare-sdk.ts';
import { type MailboxPeer, startMailbox } from '../peers/start-mailbox.ts';
import { newIdentity } from '../peers/new-identity.ts';
import { type Server, type ServerOptions, startServer } from '../peers/launch-server.ts';
import type { NetworkCalls } from '../processes/network.child.ts';
import { startChild } from '../processes/start-child.ts';
import { buildServer } from './build-server.ts';
import { type CleanUp, createCleanUp } from './create-clean-up.ts';
import { createRecipientPool } from './create-recipient-pool.ts';
import type { Context } from './suite.ts';

const networkModule = new URL('../processes/network.child.ts', import.meta.url);

/** Starts at the first call, the same thing for every later one. */
function once<T>(start: () => Promise<T>): () => Promise<T> {
  let started: Promise<T> | null = null;
  return () => (started ??= start());
}

/** Everything that a run starts: one network, the shared agents, and what a benchmark wants for itself. */
export interface Stage {
  /** For one benchmark; `end` ends what it started for itself. */
  contextFor(options: { minute: boolean; progress: (text: string) => void }): { context: Context; end: CleanUp['run'] };
  close(): Promise<void>;
}

export function createStage(): Stage {
  const whole = createCleanUp();

  const folder = async (cleanUp: CleanUp): Promise<string> => {
    const path = await mkdtemp(join(await realpath(tmpdir()), 'xmtp-bench-'));
    cleanUp.defer(() => rm(path, { recursive: true, force: true }));
    return path;
  };
  const network = once(async () => {
    const child = startChild<NetworkCalls>(networkModule);
    whole.defer(child.stop);
    return { child, ...(await child.call('start', {})) };
  });
  const networkUrl = async () => (await network()).url;
  const keep = <T extends { stop(): Promise<void> }>(cleanUp: CleanUp, started: T): T => {
    cleanUp.defer(() => started.stop());
    return started;
  };
  const identity = async (cleanUp: CleanUp) => newIdentity(await folder(cleanUp), await networkUrl());
  const server = async (cleanUp: CleanUp, options: Pick<ServerOptions, 'main' | 'settings'> = {}): Promise<Server> =>
    keep(cleanUp, await startServer({ ...options, folder: await folder(cleanUp), networkUrl: await networkUrl() }));
  const bareSdk = async (cleanUp: CleanUp): Promise<BareSdk> =>
    keep(cleanUp, await startBareSdk(await identity(cleanUp)));
  const mailbox = async (cleanUp: CleanUp): Promise<MailboxPeer> =>
    keep(cleanUp, await startMailbox(await identity(cleanUp)));
  const agentSdk = async (cleanUp: CleanUp): Promise<AgentSdk> =>
    keep(cleanUp, await startAgentSdk(await identity(cleanUp)));

  const built = once(buildServer);

  const shared = {
    server: once(() => server(whole)),
    bareSdk: once(() => bareSdk(whole)),
    agentSdk: once(() => agentSdk(whole)),
    correspondent: once(() => bareSdk(whole)),
    recipients: createRecipientPool(networkUrl),
  };

  return {
    contextFor({ minute, progress }) {
      const own = createCleanUp();
      const context: Context = {
        minute,
        pick: (full, tiny) => (minute ? tiny : full),
        progress,
        folder: () => folder(own),
        defer: own.defer,
        networkUrl,
        async delayCalls(ms) {
          const { child } = await network();
          await child.call('delay', { ms });
          own.defer(() => child.call('delay', { ms: 0 }));
        },
        shared,
        deployed: async () =>
          minute ? { main: undefined, flags: process.execArgv } : { main: await built(), flags: [] },
        server: (options) => server(own, options),
        bareSdk: () => bareSdk(own),
        agentSdk: () => agentSdk(own),
        mailbox: () => mailbox(own),
        identity: () => identity(own),
      };
      return { context, end: own.run };
    },
    close: whole.run,
  };
}
