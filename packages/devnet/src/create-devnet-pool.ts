import { createDevnet } from './create-devnet.ts';
import { invalidOption } from './errors.ts';
import type { Devnet, DevnetOptions } from './types.ts';

/** Networks that know nothing of each other, one for each worker of a test runner. */
export interface DevnetPool extends AsyncDisposable {
  /** One for each worker. */
  readonly networks: readonly Devnet[];
  /** The network of the nth worker, from 1; workers beyond the last share. @throws DevnetError INVALID_OPTION */
  of(worker: number): Devnet;
  /** May be called twice. */
  close(): Promise<void>;
}

/** Each network has ports and data of its own, so these are not among the options. */
export interface DevnetPoolOptions extends Omit<
  DevnetOptions,
  | 'port'
  | 'nodePort'
  | 'webPort'
  | 'historyPort'
  | 'toxiproxyPort'
  | 'dataDir'
  | 'tls'
  | 'state'
  | 'dumpState'
  | 'dumpEveryMs'
> {
  /** How many, 1 to 64. */
  size: number;
  /** Whether each has toxiproxy in front, on free ports. @default false */
  toxiproxy?: boolean | undefined;
}

/** Starts them, on free ports and in memory; with `loadState` all begin alike. @throws DevnetError */
export async function createDevnetPool({ size, toxiproxy, ...options }: DevnetPoolOptions): Promise<DevnetPool> {
  if (!Number.isInteger(size) || size < 1 || size > 64) {
    throw invalidOption({ what: 'size of the pool', reason: 'There are 1 to 64 networks.' });
  }
  const networkOptions = { ...options, toxiproxyPort: toxiproxy === true ? 0 : undefined };
  const started = await Promise.allSettled(Array.from({ length: size }, () => createDevnet(networkOptions)));
  const networks = started.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
  const close = async () => void (await Promise.all(networks.map((network) => network.close())));
  const failure = started.find((result) => result.status === 'rejected');
  if (failure !== undefined) {
    await close();
    throw failure.reason;
  }
  return {
    networks,
    of(worker) {
      if (!Number.isInteger(worker) || worker < 1) {
        throw invalidOption({ what: 'worker', reason: 'Workers are counted from 1.' });
      }
      return networks[(worker - 1) % size]!;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
