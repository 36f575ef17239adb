import '@xmtp-messaging/errors/node-version';
import { createDevnet } from './create-devnet.ts';
import type { ProvidedDevnet } from './inject-devnet.ts';
import type { Devnet, DevnetOptions } from './types.ts';

export type { ProvidedDevnet } from './inject-devnet.ts';

/** The part of vitest's project that a global setup gets and this module needs. */
export interface ProvidingProject {
  /** Hands a value to the tests. */
  provide(key: 'xmtpDevnet', value: ProvidedDevnet): void;
}

/** Starts a network on free ports and, in a global setup, tells the tests where it is. @throws DevnetError as `createDevnet` */
export async function startDevnet(
  options: DevnetOptions & {
    /** What vitest hands to a global setup. @default undefined */
    project?: ProvidingProject | undefined;
  } = {},
): Promise<Devnet> {
  const { project, ...rest } = options;
  const network = await createDevnet(rest);
  const { url, webUrl, historyUrl, gatewayUrl } = network;
  project?.provide('xmtpDevnet', { url, webUrl, historyUrl, gatewayUrl });
  return network;
}

/** A ready global setup: `globalSetup: ['@xmtp-messaging/devnet/vitest']`. Returns the teardown. */
export async function setup(project: ProvidingProject): Promise<() => Promise<void>> {
  const network = await startDevnet({ project });
  return () => network.close();
}
