import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../harness/suite.ts';
import { type BareSdk, startBareSdk } from '../peers/start-bare-sdk.ts';
import { type Identity, newIdentity } from '../peers/new-identity.ts';
import { type ServerOptions, startServer } from '../peers/launch-server.ts';

/** An agent of each kind that was here, went away, and was written to meanwhile. */
export interface WaitingHomes {
  /** A fresh copy of our agent's folder, as `startServer` takes it. */
  ours(): Promise<ServerOptions>;
  /** A fresh copy of the bare SDK's folder. */
  bare(): Promise<Identity>;
}

/** What was left for them. */
export interface WaitingOptions {
  correspondents: number;
  /** Messages for each of the two, from all correspondents together. */
  messages: number;
}

/**
 * Starts one agent of each kind, ends it, and has it written to. Each round begins with a copy of what was then on
 * disk, so that every round finds the same.
 */
export async function prepareWaitingHomes(context: Context, options: WaitingOptions): Promise<WaitingHomes> {
  const { correspondents, messages } = options;
  const networkUrl = await context.networkUrl();
  context.progress('making the agents and their correspondents');
  const writers: BareSdk[] = [];
  while (writers.length < correspondents) {
    writers.push(await (context.minute ? context.shared.correspondent() : context.bareSdk()));
  }

  const ourFolder = await context.folder();
  const server = await startServer({ folder: ourFolder, networkUrl });
  await server.allow(writers.map(({ address }) => address));
  await server.stop();
  const identity = newIdentity(await context.folder(), networkUrl);
  const bareSdk = await startBareSdk(identity);
  await bareSdk.stop();

  for (const [index, writer] of writers.entries()) {
    context.progress(`correspondent ${index + 1} of ${correspondents} writes`);
    const count = Math.ceil(messages / correspondents);
    for (const to of [server.address, bareSdk.address]) await writer.call('sendBest', { to: [to], count, callers: 1 });
  }

  const copy = async (folder: string): Promise<string> => {
    const target = join(await context.folder(), 'copy');
    await cp(folder, target, { recursive: true });
    return target;
  };
  return {
    ours: async () => ({ folder: await copy(ourFolder), networkUrl, address: server.address }),
    bare: async () => ({ ...identity, folder: await copy(identity.folder) }),
  };
}
