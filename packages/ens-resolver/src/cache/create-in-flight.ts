import { timerMs } from '@xmtp-messaging/errors';

/** One running piece of work and those who wait for it. */
interface Flight<T> {
  promise: Promise<T>;
  controller: AbortController;
  waiters: number;
}

/** Lets callers who want the same thing wait for one piece of work. */
export interface InFlight<T> {
  /**
   * Waits for the work under `key`, starting it when nobody else has.
   * A caller who gives up leaves alone; the work is aborted when its last caller has left.
   * @param start Gets a signal, and `isCurrent`, which tells whether `forget` has been called meanwhile.
   */
  join(key: string, start: StartWork<T>, leave: LeaveOptions): Promise<T>;
  /** Later callers start anew; those who wait still get the answer. Without a key: for all keys. */
  forget(key?: string): void;
}

export type StartWork<T> = (context: { signal: AbortSignal; isCurrent: () => boolean }) => Promise<T>;

/** When one caller stops waiting. */
export interface LeaveOptions {
  signal: AbortSignal | undefined;
  /** Milliseconds. */
  timeoutMs: number;
  /** The error for the caller who leaves. */
  error: (why: 'aborted' | 'timeout') => Error;
}

export function createInFlight<T>(): InFlight<T> {
  const flights = new Map<string, Flight<T>>();

  function takeOff(key: string, start: StartWork<T>): Flight<T> {
    const controller = new AbortController();
    const isCurrent = () => flights.get(key) === flight && !controller.signal.aborted;
    const flight: Flight<T> = { controller, waiters: 0, promise: Promise.resolve() as never };
    flights.set(key, flight);
    flight.promise = start({ signal: controller.signal, isCurrent }).finally(() => {
      if (flights.get(key) === flight) flights.delete(key);
    });
    // Everybody may have left before it fails.
    flight.promise.catch(() => {});
    return flight;
  }

  return {
    join(key, start, leave) {
      if (leave.signal?.aborted === true) return Promise.reject(leave.error('aborted'));
      const flight = flights.get(key) ?? takeOff(key, start);
      flight.waiters++;
      return wait(flight.promise, leave).finally(() => {
        flight.waiters--;
        if (flight.waiters > 0) return;
        if (flights.get(key) === flight) flights.delete(key);
        flight.controller.abort();
      });
    },
    forget(key) {
      if (key === undefined) flights.clear();
      else flights.delete(key);
    },
  };
}

function wait<T>(promise: Promise<T>, { signal, timeoutMs, error }: LeaveOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      done();
    };
    const onAbort = () => settle(() => reject(error('aborted')));
    const timer = setTimeout(() => settle(() => reject(error('timeout'))), timerMs(timeoutMs));
    signal?.addEventListener('abort', onAbort, { once: true });
    promise.then(
      (value) => settle(() => resolve(value)),
      (cause: unknown) => settle(() => reject(cause)),
    );
  });
}
