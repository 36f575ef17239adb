import type { Conversation } from '../sdk/conversation.ts';
import type { Address } from '../types.ts';
import type { ConsentKeeper, ConsentKeeperOptions } from './consent-types.ts';
import type { BookedConversation } from './create-conversation-book.ts';
import type { DeniedConversation } from './create-denied-store.ts';
import { dayMs } from './create-dropped-texts.ts';
import { isClosed } from './create-group-standing.ts';
import { findInviter } from './find-inviter.ts';

/** When a denied conversation may be looked at again. */
interface Schedule {
  looks: number;
  /** Not before this, whatever happens there: each look costs a sync, and strangers can make things happen. */
  notBefore: number;
  due: number;
}

const firstLookMs = 60_000;
const failedLookMs = 2_500;
const longestMs = 3_600_000;
/** Looks in one go. */
const atOnce = 5;

export function createConsentKeeper(options: ConsentKeeperOptions): ConsentKeeper {
  const {
    client,
    denied,
    isAllowed,
    isExpected = isAllowed,
    standingOf,
    elapsed,
    steady,
    onFetched,
    onDenied,
    onEvent,
  } = options;
  const schedules = new Map<string, Schedule>();

  const scheduleOf = (groupId: string): Schedule => {
    let schedule = schedules.get(groupId);
    if (schedule === undefined) {
      schedule = { looks: 0, notBefore: elapsed(), due: elapsed() + firstLookMs };
      schedules.set(groupId, schedule);
    }
    return schedule;
  };

  /**
   * Any address that a member lists counts, moved on or not: this only decides what is fetched, not what is heard.
   * What this client knows of members may be old; `isFresh` asks the network before it says no.
   */
  const hasAllowedMember = async (native: Conversation, isFresh: boolean): Promise<boolean> => {
    if (isAllowed === undefined) return true;
    const others = (await native.members()).filter(({ inboxId }) => inboxId !== client.inboxId);
    const known = others.flatMap(({ addresses }) => addresses);
    if (known.some((address) => isAllowed(address as Address))) return true;
    if (!isFresh || others.length === 0) return false;
    const identities = await client.identities(others.map(({ inboxId }) => inboxId));
    return identities.some(({ addresses }) => addresses.some((address) => isAllowed(address as Address)));
  };

  const hasExpectedMember = async (native: Conversation): Promise<boolean> => {
    if (isExpected === undefined) return true;
    const others = (await native.members()).filter(({ inboxId }) => inboxId !== client.inboxId);
    return others.some(({ addresses }) => addresses.some((address) => isExpected(address as Address)));
  };

  const keepsRefused = (native: Conversation): boolean => {
    if (denied.get(native.id)?.reason !== 'refused') return false;
    native.setConsent('denied');
    return true;
  };

  const lift = (native: Conversation) => {
    const groupId = native.id;
    native.setConsent('unknown');
    denied.remove(groupId);
    schedules.delete(groupId);
    onEvent({ level: 'info', name: 'conversation-reconsidered', details: { conversationId: groupId } });
  };

  const deny = (
    { groupId, id, type, native }: Pick<BookedConversation, 'groupId' | 'id' | 'type' | 'native'>,
    { reason, until = null, inviter = null }: Pick<DeniedConversation, 'reason'> & Partial<DeniedConversation>,
  ) => {
    denied.add({ groupId, type, reason, at: Math.floor(steady()), until, inviter });
    native.setConsent('denied');
    scheduleOf(groupId);
    onDenied(groupId);
    onEvent({
      level: until === null ? 'info' : 'warn',
      name: 'conversation-denied',
      details: { conversationId: id, type, reason },
    });
  };
  /** Whoever is in it, and whatever happens there, it is not looked at now. */
  const rests = ({ groupId, type, reason }: DeniedConversation) =>
    reason === 'refused' || (type === 'group' && isClosed(standingOf(groupId)));
  /** Strangers used up what they may store there today: only somebody whom the operator knows opens it before. */
  const isSpent = ({ until }: DeniedConversation) => until !== null && until > steady();
  const isListed = ({ groupId, type }: Pick<DeniedConversation, 'groupId' | 'type'>) =>
    type === 'group' && standingOf(groupId) === 'listed';

  const look = async (conversation: DeniedConversation): Promise<Conversation[]> => {
    const { groupId, type, reason } = conversation;
    const schedule = scheduleOf(groupId);
    schedule.looks += 1;
    const waitMs = Math.min(longestMs, firstLookMs * 2 ** (schedule.looks - 1));
    schedule.notBefore = elapsed() + (schedule.looks === 1 ? 1_000 : waitMs / 2);
    schedule.due = elapsed() + waitMs;
    const native = await client.exactConversation(groupId);
    if (native === null) {
      denied.remove(groupId);
      schedules.delete(groupId);
      return [];
    }
    // Who is in a direct message does not change, only who they are, and whether they have written.
    if (type === 'group' || reason === 'silent') await native.sync();
    const hasWords = async () => reason === 'silent' && (await native.messages({ limit: 1 })).length > 0;
    const mayLift = isSpent(conversation)
      ? await hasExpectedMember(native)
      : isListed(conversation) || (await hasAllowedMember(native, true)) || (await hasWords());
    if (!mayLift) {
      if (type === 'group') await onFetched?.(native);
      return [];
    }
    lift(native);
    return [native];
  };

  /** A look that fails said nothing: it is repeated sooner, but ever less often. */
  const lookAt = async (conversations: readonly DeniedConversation[]): Promise<Conversation[]> => {
    const lifted: Conversation[] = [];
    for (const conversation of conversations) {
      try {
        lifted.push(...(await look(conversation)));
      } catch {
        const schedule = scheduleOf(conversation.groupId);
        schedule.due = Math.min(schedule.due, elapsed() + failedLookMs * 2 ** schedule.looks);
      }
    }
    return lifted;
  };

  /** Once, for homes of a version that kept no book of its own. */
  const complete = async () => {
    if (denied.isComplete()) return;
    for (const native of client.listConversations({ denied: true })) {
      const type = (await native.kind()) === 'dm' ? 'dm' : 'group';
      denied.add({ groupId: native.id, type, reason: 'nobody-heard', at: 0, until: null, inviter: null });
    }
    denied.setComplete();
  };

  return {
    allow(conversation) {
      if (conversation.isWanted) return;
      const { native } = conversation;
      const state = native.consent();
      if (state === 'unknown') native.setConsent('allowed');
      conversation.isWanted = state !== 'denied';
    },
    isUndecided: ({ native }) => native.consent() === 'unknown',
    async isStrange({ native, isWanted }) {
      if (isExpected === undefined || isWanted || native.consent() === 'allowed') return false;
      return isClosed(standingOf(native.id)) || !(await hasExpectedMember(native));
    },
    async denyIfUnwanted(conversation, why) {
      const { native, type } = conversation;
      if (isAllowed === undefined) return false;
      const standing = type === 'group' ? standingOf(conversation.groupId) : 'open';
      if (standing === 'listed') return false;
      // In doubt about its members it stays.
      if (standing === 'open' && (await hasAllowedMember(native, type === 'group').catch(() => true))) return false;
      const found = why === 'silent' && type === 'dm' ? 'silent' : 'nobody-heard';
      deny(conversation, {
        reason: standing === 'open' ? found : standing,
        inviter: await findInviter(conversation).catch(() => null),
      });
      return true;
    },
    async denyForToday(conversation) {
      if (await hasExpectedMember(conversation.native).catch(() => true)) return false;
      deny(conversation, {
        reason: 'budget',
        until: Math.floor(steady()) + dayMs,
        inviter: await findInviter(conversation).catch(() => null),
      });
      return true;
    },
    accept(native) {
      native.setConsent('allowed');
      denied.remove(native.id);
      schedules.delete(native.id);
    },
    refuse(native) {
      const { id: groupId } = native;
      if (denied.get(groupId)?.reason !== 'refused') {
        deny(
          { groupId, id: groupId, type: 'group', native },
          { reason: 'refused', inviter: denied.get(groupId)?.inviter ?? null },
        );
      }
      native.setConsent('denied');
    },
    async reconsider() {
      if (isAllowed === undefined) return [];
      await complete();
      const lifted: Conversation[] = [];
      for (const conversation of denied.all()) {
        if (rests(conversation)) continue;
        const { groupId } = conversation;
        const native = await client.exactConversation(groupId);
        if (native === null) continue;
        const isHeard = isSpent(conversation) ? hasExpectedMember(native) : hasAllowedMember(native, false);
        if ((isSpent(conversation) || !isListed(conversation)) && !(await isHeard.catch(() => false))) continue;
        lift(native);
        lifted.push(native);
      }
      return lifted;
    },
    async rung(groupId) {
      const conversation = denied.get(groupId);
      if (conversation === null || rests(conversation)) return [];
      const schedule = scheduleOf(groupId);
      if (elapsed() >= schedule.notBefore) return await lookAt([conversation]);
      schedule.due = Math.min(schedule.due, schedule.notBefore);
      return [];
    },
    lookAgain: async () => {
      if (isAllowed === undefined) return [];
      await complete();
      const due = denied.all().filter((each) => !rests(each) && scheduleOf(each.groupId).due <= elapsed());
      const longest = due.toSorted((a, b) => scheduleOf(a.groupId).due - scheduleOf(b.groupId).due);
      return await lookAt(longest.slice(0, atOnce));
    },
    keepsRefused,
    used(native) {
      if (keepsRefused(native)) return false;
      if (denied.get(native.id) !== null) denied.remove(native.id);
      if (native.consent() === 'denied') native.setConsent('allowed');
      schedules.delete(native.id);
      return true;
    },
  };
}
