import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallClass } from './types.ts';

const storage = new AsyncLocalStorage<CallClass>();

/** Whatever `work` asks of the network counts as this class, however deep it is. */
export function callsAs<T>(kind: CallClass, work: () => T): T {
  return storage.run(kind, work);
}

/** The class set by the nearest `callsAs`, or else `usual`. */
export function callClass(usual: CallClass): CallClass {
  return storage.getStore() ?? usual;
}
