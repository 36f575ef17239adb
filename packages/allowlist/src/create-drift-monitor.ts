import { setTimeout as delay } from 'node:timers/promises';
import { timerMs, wallClock } from '@xmtp-messaging/errors';
import { isName } from '@xmtp-messaging/errors/name';
import { isolate } from './isolate.ts';
import type { Allowlist, AllowlistEntry } from './types.ts';
import { within } from './within.ts';

/** A listed name that now points elsewhere. The list still means the address; nothing follows the name. */
export interface Drift {
  /** As it is listed. */
  readonly name: string;
  /** The listed address. */
  readonly address: string;
  /** Where the name points now. */
  readonly resolvedAddress: string;
  /** When the difference was first seen, in ms since the epoch. */
  readonly since: number;
}

/** Options of `createDriftMonitor`. */
export interface DriftMonitorOptions {
  /** Whose names are checked; labels are passed over. */
  allowlist: Pick<Allowlist, 'snapshot' | 'find'>;
  /** The resolver that sending uses, asked past its cache. */
  resolve: (name: string, options: { signal: AbortSignal }) => Promise<{ address: string }>;
  /** Called once for each new difference, and again when a name moves on. It must not throw. */
  onDrift: (drift: Drift) => void;
  /** Pause between two checks, in ms, give or take a tenth. @default 3_600_000 */
  intervalMs?: number | undefined;
  /** When the first check is made, in ms from now, give or take a tenth. @default intervalMs */
  firstCheckMs?: number | undefined;
  /** Limit for one name, in ms. @default 30_000 */
  timeoutMs?: number | undefined;
  /** Ends the monitor, as `close` does. @default none */
  signal?: AbortSignal | undefined;
  /** Milliseconds since the epoch. @default the wall clock */
  now?: (() => number) | undefined;
  /** In [0, 1). @default Math.random */
  random?: (() => number) | undefined;
}

/** How the last check went. */
export interface DriftCheck {
  /** When it ended, in ms since the epoch. */
  readonly at: number;
  /** Names that resolved. */
  readonly resolved: number;
  /** Names that did not: their drift, if any, stands as it was. */
  readonly failed: number;
}

/** Watches whether listed names still mean the listed addresses. */
export interface DriftMonitor {
  /** Checks every name now, one after the other; a check that is under way is shared. Resolves to all names that differ. */
  check(): Promise<readonly Drift[]>;
  /** Takes what somebody else has just found for the `name` of the entry of `address`, as if it had been looked up here. */
  observe(entry: { readonly address: string; readonly name: string }, resolvedAddress: string): void;
  /** The listed names that differ, as of the last look at each. */
  drifts(): readonly Drift[];
  /** `null` before the first check has ended. */
  lastCheck(): DriftCheck | null;
  /** Checks nothing more, and breaks off what is under way. */
  close(): void;
}

/** Re-resolves listed names on a timer and reports those that point elsewhere. It never changes the list. */
export function createDriftMonitor(options: DriftMonitorOptions): DriftMonitor {
  const {
    allowlist,
    resolve,
    onDrift,
    intervalMs = 3_600_000,
    firstCheckMs = intervalMs,
    timeoutMs = 30_000,
    now = wallClock,
    random = Math.random,
  } = options;
  const closing = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, closing.signal]) : closing.signal;
  const drifts = new Map<string, Drift>();
  let last: DriftCheck | null = null;
  let running: Promise<readonly Drift[]> | null = null;

  const isListed = ({ address, name }: Drift) => allowlist.find(address)?.name === name;
  const current = () => [...drifts.values()].filter(isListed);

  const observe: DriftMonitor['observe'] = ({ address, name }, resolvedAddress) => {
    const known = drifts.get(address);
    if (resolvedAddress.toLowerCase() === address.toLowerCase()) drifts.delete(address);
    else if (known?.name !== name || known.resolvedAddress !== resolvedAddress) {
      const drift: Drift = { name, address, resolvedAddress, since: now() };
      drifts.set(address, drift);
      isolate(() => onDrift(drift));
    }
  };

  const look = async (entry: AllowlistEntry, name: string): Promise<boolean> => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timerMs(timeoutMs))]);
    const found = await within(limit, () => resolve(name, { signal: limit })).catch(() => null);
    if (found === null) return false;
    observe({ address: entry.address, name }, found.address);
    return true;
  };

  const run = async (): Promise<readonly Drift[]> => {
    for (const [address, drift] of drifts) if (!isListed(drift)) drifts.delete(address);
    let resolved = 0;
    let failed = 0;
    for (const [listed, { name }] of allowlist.snapshot()) {
      if (name === null || !isName(name)) continue;
      signal.throwIfAborted();
      const entry = allowlist.find(listed);
      if (entry?.name !== name) continue;
      if (await look(entry, name)) resolved++;
      else failed++;
    }
    signal.throwIfAborted();
    last = { at: now(), resolved, failed };
    return current();
  };

  const check = (): Promise<readonly Drift[]> => {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };

  const repeat = async () => {
    for (let wait = firstCheckMs; ; wait = intervalMs) {
      await delay(timerMs(wait * (0.9 + random() * 0.2)), undefined, { signal, ref: false });
      await check();
    }
  };
  repeat().catch(() => {
    // Only the end of `signal` gets here.
  });

  return {
    check,
    observe,
    drifts: current,
    lastCheck: () => last,
    close: () => closing.abort(),
  };
}
