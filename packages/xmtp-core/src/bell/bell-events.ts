import type { ReconcileLoop } from '../create-reconcile-loop.ts';
import type { GovernedCalls } from '../governor/types.ts';
import type { IdentityWatch } from '../identity/create-identity-watch.ts';
import type { Receiver } from '../inbox/receiver-types.ts';
import type { MailboxEvent } from '../types.ts';
import type { BellEvents } from './create-bell.ts';
import type { SecondLook } from './create-second-look.ts';

/** What each sound of the bell is for: a ring is read by itself, and what may have been missed is for reconcile. */
export function bellEvents(options: {
  receiver: Pick<Receiver, 'ring' | 'welcome' | 'refresh'>;
  reconcile: Pick<ReconcileLoop, 'now' | 'missed'>;
  watch: Pick<IdentityWatch, 'lookSoon'>;
  calls: Pick<GovernedCalls, 'note'>;
  /** For what rings before it can be read. @default nothing does */
  secondLook?: SecondLook | undefined;
  /** Leaves what fails to reconcile. */
  quietly: (work: Promise<unknown>) => Promise<void>;
  onEvent: (event: MailboxEvent) => void;
}): BellEvents {
  const { receiver, reconcile, watch, calls, secondLook, quietly, onEvent } = options;
  const hear = async (key: string, look: () => Promise<boolean>) => {
    if (!(await look())) secondLook?.(key, look);
  };
  return {
    onGroup: (posted) => quietly(hear(posted.groupId, () => receiver.ring(posted))),
    onWelcome: () => quietly(hear('welcome', receiver.welcome)),
    onAdded: (groupIds) => void quietly(Promise.all(groupIds.map(receiver.refresh))),
    onUp: () => quietly(reconcile.now()),
    onMissed: reconcile.missed,
    onDown(why) {
      calls.note(new Error(why));
      onEvent({ level: 'warn', name: 'bell-broken', details: { why } });
      if (/no longer available/.test(why)) watch.lookSoon();
    },
  };
}
