import type { QuotaState, Quotas } from '../limits/create-quotas.ts';
import type { Store } from '../store/create-store.ts';
import type { NetworkClock } from './create-network-clock.ts';

/** Moves a network forward in time, and back to where it was. */
export interface TimeMachine {
  /** @throws DevnetError INVALID_OPTION unless `ms` is above 0 */
  readonly advance: (ms: number) => void;
  /** Returns what to go back with. @throws DevnetError INVALID_OPTION when there are too many */
  readonly snapshot: () => string;
  /** @throws DevnetError UNKNOWN_SNAPSHOT */
  readonly revert: (id: string) => void;
}

export interface TimeMachineOptions {
  readonly store: Pick<Store, 'settings' | 'snapshots'>;
  readonly clock: NetworkClock;
  readonly quotas: Pick<Quotas, 'save' | 'restore'>;
  /** Told that the clock was set: what was due may not be, and the other way round. */
  readonly onClockSet: () => void;
}

export function createTimeMachine({ store, clock, quotas, onClockSet }: TimeMachineOptions): TimeMachine {
  const levels = new Map<string, QuotaState>();
  return {
    advance(ms) {
      clock.advance(ms);
      store.settings.setAdvancedMs(clock.advancedMs());
      onClockSet();
    },
    snapshot() {
      const id = store.snapshots.take();
      levels.set(id, quotas.save());
      return id;
    },
    revert(id) {
      store.snapshots.revert(id);
      clock.set(store.settings.advancedMs());
      // Else whoever called in what is no longer the future would wait for it.
      quotas.restore(levels.get(id)!);
      for (const later of levels.keys()) if (Number(later) >= Number(id)) levels.delete(later);
      onClockSet();
    },
  };
}
