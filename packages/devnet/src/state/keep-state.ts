import { timerMs } from '@xmtp-messaging/errors';
import type { StatePlan } from './plan-state.ts';

/** Writes the state when it is time. */
export interface StateKeeper {
  /** Writes it for the last time. @throws DevnetError CANNOT_WRITE_STATE */
  close(): Promise<void>;
}

export interface StateKeeperOptions {
  readonly plan: StatePlan;
  readonly store: { dump(path: string): Promise<void>; changes(): number };
  /** Told of a write that failed while the network goes on. */
  readonly onError: (error: unknown) => void;
}

export function keepState({ plan, store, onError }: StateKeeperOptions): StateKeeper {
  const { dumpTo, everyMs } = plan;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let written = -1;
  const dump = async (path: string) => {
    await store.dump(path);
    written = store.changes();
  };
  const schedule = (path: string, ms: number) => {
    timer = setTimeout(() => {
      writing = store.changes() === written ? Promise.resolve() : dump(path).catch(onError);
      void writing.then(() => schedule(path, ms));
    }, timerMs(ms)).unref();
  };
  if (dumpTo !== undefined && everyMs !== undefined) schedule(dumpTo, everyMs);
  return {
    async close() {
      clearTimeout(timer);
      await writing;
      clearTimeout(timer);
      if (dumpTo !== undefined) await dump(dumpTo);
    },
  };
}
