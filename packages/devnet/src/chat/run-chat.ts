import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { isBaseError } from '@xmtp-messaging/errors';
import type { Client, DecodedMessage } from '@xmtp/node-sdk';
import { nameAccount } from '../accounts/name-account.ts';
import { hear } from '../client/hear.ts';
import { loadNodeSdk } from '../client/load-node-sdk.ts';
import { maxInstallations, type NetworkPlace, openClient } from '../client/open-client.ts';
import { textOf } from '../client/text-of.ts';
import { createSend } from './create-send.ts';
import { type ChatEvent, formatChatEvent } from './format-chat-event.ts';
import { openScreen } from './open-screen.ts';
import { type Peer, toPeer } from './to-peer.ts';

export interface ChatOptions {
  readonly name: string;
  /** Name or address; without one, whoever wrote last. */
  readonly to?: string | undefined;
  readonly place: NetworkPlace;
  readonly json: boolean;
  /** After the input has ended, how long to wait until each line had an answer, in milliseconds. */
  readonly waitMs: number;
  readonly input: Readable;
  readonly output: Writable;
  /** Whether a person types. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
}

/** How long a network that does not answer may hold up the end, in milliseconds. */
const leaveMs = 2_000;

/**
 * One person at a keyboard, or one program at a pipe, on the network. Returns whether everything was sent.
 * @throws DevnetError SDK_MISSING, SDK_UNUSABLE, CANNOT_JOIN, INVALID_OPTION
 */
export async function runChat(options: ChatOptions): Promise<boolean> {
  const { name, to, place, json, interactive, signal } = options;
  const account = nameAccount(name);
  const peer = to === undefined ? null : toPeer(to);
  const sdk = await loadNodeSdk();
  const { client, leave } = await openClient({
    sdk,
    account,
    place,
    appVersion: 'xmtp-devnet-chat/1',
    others: maxInstallations - 1,
  });
  const stop = new AbortController();
  const open = Promise.withResolvers<void>();
  const waiting: DecodedMessage[] = [];
  let take = (message: DecodedMessage) => void waiting.push(message);
  const hearing = hear({
    client,
    signal: stop.signal,
    onOpen: () => open.resolve(),
    onMessage: (message) => take(message),
  });
  signal.addEventListener('abort', () => open.resolve(), { once: true });
  try {
    await open.promise;
    const screen = openScreen({ ...options, prompt: `${name}> ` });
    const tell = (event: ChatEvent) => screen.print(formatChatEvent(event, { name, json }));
    const nameOf = createNameOf(client, peer);
    const send = createSend({ client, peer });
    const answered = new AbortController();
    let [owed, ended, complete] = [0, false, true];
    let told = Promise.resolve();
    // One after the other, also while it is asked who the first was.
    const show = async (before: Promise<void>, { id, senderInboxId, conversationId }: DecodedMessage, text: string) => {
      await before;
      tell({ event: 'message', id, ...(await nameOf(senderInboxId)), conversationId, text });
      owed -= 1;
      if (ended && owed <= 0) answered.abort();
    };
    take = (message) => {
      const text = textOf(message);
      if (text === null) return;
      send.heard(message.conversationId);
      told = show(told, message, text);
    };
    tell({ event: 'ready', name, address: account.address, inboxId: client.inboxId, to: to ?? null });
    for (const message of waiting) take(message);
    screen.prompt();
    for await (const line of screen.lines) {
      if (line.trim() !== '') {
        try {
          const id = await send.text(line);
          owed += 1;
          if (!interactive) tell({ event: 'sent', id, to: to ?? null, text: line });
        } catch (error) {
          complete = false;
          tell({ event: 'failed', reason: isBaseError(error) ? error.message : 'The message was not sent.' });
        }
      }
      screen.prompt();
    }
    ended = true;
    if (!interactive && owed > 0) {
      const enough = AbortSignal.any([signal, answered.signal]);
      await delay(options.waitMs, undefined, { signal: enough }).catch(() => {});
    }
    return complete;
  } finally {
    stop.abort();
    await hearing;
    await Promise.race([leave().catch(() => {}), delay(leaveMs, undefined, { ref: false })]);
  }
}

/** Who has an inbox, once asked. */
function createNameOf(client: Client<unknown>, peer: Peer | null) {
  const known = new Map<string, { from: string; address: string }>();
  return async (inboxId: string) => {
    const found = known.get(inboxId);
    if (found !== undefined) return found;
    const states = await client.preferences.fetchInboxStates([inboxId]).catch(() => []);
    const address = states[0]?.identifiers[0]?.identifier ?? inboxId;
    const sender = { from: address === peer?.address ? peer.name : address, address };
    if (address !== inboxId) known.set(inboxId, sender);
    return sender;
  };
}
