import '@xmtp-messaging/errors/node-version';
import { availableParallelism } from 'node:os';
import { createDevnetPool, type DevnetPool, type DevnetPoolOptions } from './create-devnet-pool.ts';
import type { ProvidedDevnet } from './inject-devnet.ts';

/** The part of vitest's project that a global setup gets and this module needs. */
export interface PoolProject {
  /** Hands a value to the tests. */
  provide(key: 'xmtpDevnets', value: readonly ProvidedDevnet[]): void;
  /** How many workers it starts, where it says so. */
  readonly config?: { readonly maxWorkers?: number | string | undefined } | undefined;
}

/** Starts a network for each worker, and tells the tests where they are: `injectDevnet()` finds that of its own. @throws DevnetError as `createDevnetPool` */
export async function startDevnetPool(
  options: Omit<DevnetPoolOptions, 'size'> & {
    /** What vitest hands to a global setup. */
    project: PoolProject;
    /** @default as many as vitest starts workers */
    size?: number | undefined;
  },
): Promise<DevnetPool> {
  const { project, size = workersOf(project), ...rest } = options;
  const pool = await createDevnetPool({ ...rest, size });
  project.provide(
    'xmtpDevnets',
    pool.networks.map(({ url, webUrl, historyUrl, gatewayUrl }) => ({ url, webUrl, historyUrl, gatewayUrl })),
  );
  return pool;
}

/** A ready global setup: `globalSetup: ['@xmtp-messaging/devnet/vitest-pool']`. Returns the teardown. */
export async function setup(project: PoolProject): Promise<() => Promise<void>> {
  const pool = await startDevnetPool({ project });
  return () => pool.close();
}

function workersOf({ config }: PoolProject): number {
  const workers = Number(config?.maxWorkers);
  return Math.min(64, Number.isInteger(workers) && workers > 0 ? workers : availableParallelism());
}
