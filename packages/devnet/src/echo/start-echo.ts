import { setTimeout as delay } from 'node:timers/promises';
import { echoName, nameAccount } from '../accounts/name-account.ts';
import { hear } from '../client/hear.ts';
import { loadNodeSdk } from '../client/load-node-sdk.ts';
import { DevnetError } from '../errors.ts';
import { type NetworkPlace, openClient } from '../client/open-client.ts';
import { textOf } from '../client/text-of.ts';
import { createChooseAnswer } from './create-choose-answer.ts';

/** A bot on the network that answers each direct message with the same text. */
export interface Echo {
  /** In lower case. */
  readonly address: string;
  close(): Promise<void>;
}

export interface EchoOptions {
  readonly place: NetworkPlace;
  /** Whether the network outlives the bot, so that it has to take its installation back. */
  readonly outlived: boolean;
  /** Told of answers that could not be sent. */
  readonly onError: (error: unknown) => void;
}

/** How long a network that does not answer may hold up the start, and the end, in milliseconds. */
const openMs = 60_000;
const leaveMs = 2_000;

/** Resolves when the bot hears. @throws DevnetError SDK_MISSING, SDK_UNUSABLE, CANNOT_JOIN */
export async function startEcho({ place, outlived, onError }: EchoOptions): Promise<Echo> {
  const account = nameAccount(echoName);
  const sdk = await loadNodeSdk();
  // Others with this account are what an earlier one left behind.
  const { client, leave } = await openClient({ sdk, account, place, appVersion: 'xmtp-devnet-echo/1', others: 0 });
  const chooseAnswer = createChooseAnswer();
  const answer = async (conversationId: string, text: string) => {
    const conversation = await client.conversations.getConversationById(conversationId);
    // In a group it would be one voice too many.
    if (!(conversation instanceof sdk.Dm)) return;
    const words = chooseAnswer({ conversationId, text });
    if (words !== null) await conversation.sendText(words);
  };
  let answers = Promise.resolve();
  const stop = new AbortController();
  const open = Promise.withResolvers<void>();
  const hearing = hear({
    client,
    signal: stop.signal,
    onOpen: () => open.resolve(),
    onMessage(message) {
      const text = textOf(message);
      if (text === null) return;
      answers = answers.then(() => answer(message.conversationId, text)).catch(onError);
    },
  });
  const close = async () => {
    stop.abort();
    await hearing;
  };
  const opened = await Promise.race([open.promise.then(() => true), delay(openMs, false, { ref: false })]);
  if (!opened) {
    await close();
    throw new DevnetError({ code: 'CANNOT_JOIN', shortMessage: 'The echo bot does not hear the network.' });
  }
  return {
    address: account.address,
    async close() {
      await close();
      if (outlived) await Promise.race([leave().catch(onError), delay(leaveMs, undefined, { ref: false })]);
    },
  };
}
