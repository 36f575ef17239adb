import { createElapsedClock, isBaseError } from '@xmtp-messaging/errors';
import { mailboxError } from '../errors.ts';
import { fromSdkError, isUnheardOf } from '../sdk/classify-error.ts';
import type { Conversation } from '../sdk/conversation.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { SendRequest } from '../types.ts';
import { createPatience, type Patience } from '../util/create-patience.ts';

/** The conversation that a request means, found or made, fit to be written to. @throws MailboxError */
export type FindConversation = (to: SendRequest['to']) => Promise<Conversation>;

const maxKnown = 10_000;
/** For a commit of which nothing was heard yet. */
const patienceMs = 5_000;

/**
 * A creation that failed midway leaves a direct message without its peer, which the SDK returns from then on and in which
 * every send "succeeds". So membership is checked before a conversation is used, and repaired.
 */
export function createFindConversation(options: {
  client: Pick<NativeClient, 'createDm' | 'createDmWith' | 'conversation'>;
  now: () => number;
  onRepaired: (conversationId: string) => void;
  /** How long an answer is reused, so that a hot conversation asks nobody. @default 300_000 */
  ttlMs?: number | undefined;
  /** @default Math.random */
  random?: (() => number) | undefined;
}): FindConversation {
  const { client, onRepaired, ttlMs = 300_000, random = Math.random } = options;
  const elapsed = createElapsedClock(options.now);
  const sharing = { elapsed, ttlMs };
  const whole = createShared<void>(sharing);
  const direct = createShared<Conversation>(sharing);
  const renewed = createShared<Conversation>(sharing);

  /** @param isAgain The commit that adds the peer may be out already. */
  const ensureWhole = (conversation: Conversation, isAgain: boolean) =>
    whole(conversation.id, async () => {
      if ((await conversation.kind()) !== 'dm' || (await hasPeer(conversation))) return;
      if (isAgain) {
        await conversation.sync();
        if (await hasPeer(conversation)) return;
      }
      await conversation.addPeer();
      if (!(await hasPeer(conversation))) throw mailboxError('SDK_FAILED', { detail: 'The peer could not be added.' });
      onRepaired(conversation.id);
    });

  /** A direct message that came from a backup can be read, and has no keys here: one more is made with the same peer. */
  const renew = (peerInboxId: string, isAgain: boolean) =>
    renewed(peerInboxId, async () => {
      const conversation = await client.createDmWith(peerInboxId);
      await ensureWhole(conversation, isAgain);
      return conversation;
    });

  const findById = async (id: string, isAgain: boolean): Promise<Conversation> => {
    // Asked for each time, which costs nothing: of duplicates another may be in use by now.
    const conversation = client.conversation(id);
    if (conversation === null) throw mailboxError('CONVERSATION_NOT_FOUND');
    if (conversation.isDirect() && !conversation.mayWrite()) return await renew(conversation.peerInboxId(), isAgain);
    await ensureWhole(conversation, isAgain);
    return conversation;
  };
  const findByAddress = (address: string, isAgain: boolean) =>
    direct(address, async () => {
      const conversation = await client.createDm(address);
      await ensureWhole(conversation, isAgain);
      return conversation;
    });
  /** A creation that is out is found again, and made whole if it is not. */
  const patiently = async (find: (isAgain: boolean) => Promise<Conversation>): Promise<Conversation> => {
    let patience: Patience | undefined;
    for (let isAgain = false; ; isAgain = true) {
      try {
        return await find(isAgain);
      } catch (error) {
        if (!isUnheardOf(error)) throw error;
        patience ??= createPatience({ limitMs: patienceMs, elapsed, random });
        if (!(await patience())) throw error;
      }
    }
  };

  return async (to) => {
    try {
      return await patiently((isAgain) =>
        'address' in to ? findByAddress(to.address.toLowerCase(), isAgain) : findById(to.conversationId, isAgain),
      );
    } catch (error) {
      throw isBaseError(error) ? error : fromSdkError(error);
    }
  };
}

/** Whether the other side can read what is sent. A conversation with oneself has only one member. */
async function hasPeer(conversation: Conversation): Promise<boolean> {
  const peer = conversation.peerInboxId();
  return (await conversation.members()).some(({ inboxId, installations }) => inboxId === peer && installations > 0);
}

/** Callers with the same key share one attempt, and its success for a while. */
function createShared<T>({ elapsed, ttlMs }: { elapsed: () => number; ttlMs: number }) {
  const known = new Map<string, { until: number; result: T }>();
  const pending = new Map<string, Promise<T>>();
  return async (key: string, attempt: () => Promise<T>): Promise<T> => {
    const entry = known.get(key);
    if (entry !== undefined && entry.until > elapsed()) return entry.result;
    let running = pending.get(key);
    if (running === undefined) {
      running = attempt()
        .then((result) => {
          known.delete(key);
          known.set(key, { until: elapsed() + ttlMs, result });
          const [oldest] = known.keys();
          if (known.size > maxKnown && oldest !== undefined) known.delete(oldest);
          return result;
        })
        .finally(() => pending.delete(key));
      pending.set(key, running);
    }
    return await running;
  };
}
