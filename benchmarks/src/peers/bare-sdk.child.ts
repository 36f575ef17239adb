// A program on the bare SDK, as its documentation shows it and as well as it can be made.
import { clientOptions, ethereumIdentifier, signerOf, storageOf } from './sdk-client.ts';
import { Client, type Dm } from '@xmtp/node-sdk';
import { setTimeout as delay } from 'node:timers/promises';
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts';
import { inParallel } from '../measure/in-parallel.ts';
import { createWallClock } from '../measure/create-wall-clock.ts';
import { emitEvent, serveCalls } from '../processes/serve-calls.ts';
import { arrivalOf } from './arrival-of.ts';
import { converse } from './converse.ts';
import { createSafeReader } from './create-safe-reader.ts';
import type { Identity } from './new-identity.ts';
import { type SendJob, createNaiveSender } from './create-naive-sender.ts';
import { payload } from './payload.ts';
import { serveGateway } from './serve-gateway.ts';

/** Messages that the best way stores before it publishes once. */
const batch = 32;

type OpenClient = Awaited<ReturnType<typeof Client.create>>;

let opened: OpenClient | null = null;
let isStreaming = false;

function client(): OpenClient {
  if (opened === null) throw new Error('call open first');
  return opened;
}

const naive = createNaiveSender((address) =>
  client().conversations.createDmWithIdentifier(ethereumIdentifier(address)),
);

const calls = {
  async open(identity: Identity) {
    opened = await Client.create(signerOf(identity.privateKey), {
      ...clientOptions(identity.networkUrl),
      ...storageOf(identity),
    });
    return { inboxId: client().inboxId };
  },

  /** Registers inboxes for nobody in particular, to be written to. Their keys are forgotten. */
  async register({ networkUrl, count }: { networkUrl: string; count: number }) {
    const addresses: string[] = [];
    await inParallel(2, count, async () => {
      const privateKey = generatePrivateKey();
      await Client.create(signerOf(privateKey), { ...clientOptions(networkUrl), dbPath: null });
      addresses.push(privateKeyToAddress(privateKey).toLowerCase());
    });
    return addresses;
  },

  prepare: naive.prepare,

  sendNaive: naive.send,

  /** Sends for whoever asks over HTTP; the conversation is asked for each time. Resolves to the URL. */
  serve: () => serveGateway((address) => client().conversations.createDmWithIdentifier(ethereumIdentifier(address))),

  /** Stores 32 optimistically, publishes them together; `callers` conversations at once. Resolves to milliseconds. */
  async sendBest({ to, count, callers }: SendJob) {
    const dms = await Promise.all(to.map(naive.dmTo));
    const sendAll = async (dm: Dm): Promise<void> => {
      for (let left = Math.ceil(count / dms.length); left > 0; left -= batch) {
        for (let index = 0; index < Math.min(left, batch); index += 1) await dm.sendText(payload(index), true);
        await dm.publishMessages();
      }
    };
    const start = performance.now();
    await inParallel(callers, dms.length, (index) => sendAll(dms[index]!));
    return performance.now() - start;
  },

  /** One message after the other, with a rest of `gapMs` between them. */
  async sendPaced({ to, count, gapMs }: { to: string; count: number; gapMs: number }) {
    const dm = await naive.dmTo(to);
    for (let index = 0; index < count; index += 1) {
      await dm.sendText(payload(index));
      await delay(gapMs);
    }
  },

  /** Opens `count` groups with the same members. Resolves to their ids. */
  async openGroups({ members, count }: { members: readonly string[]; count: number }) {
    const ids: string[] = [];
    await inParallel(4, count, async () => {
      const { id } = await client().conversations.createGroupWithIdentifiers(members.map(ethereumIdentifier));
      ids.push(id);
    });
    return ids;
  },

  /** Writes `count` messages into groups in turn, one every `gapMs`, whether the one before is out or not. */
  async sendToGroups({ ids, count, gapMs }: { ids: readonly string[]; count: number; gapMs: number }) {
    const groups = await Promise.all(ids.map((id) => client().conversations.getConversationById(id)));
    const sending: Promise<unknown>[] = [];
    const start = performance.now();
    for (let index = 0; index < count; index += 1) {
      await delay(Math.max(0, start + index * gapMs - performance.now()));
      sending.push(groups[index % groups.length]!.sendText(payload(index)));
    }
    await Promise.all(sending);
  },

  /** Reports each message of the SDK's stream as an event, from the first call on. */
  async stream() {
    if (isStreaming) return;
    isStreaming = true;
    const clock = createWallClock();
    await client().conversations.streamAllMessages({
      onValue: (message) => {
        const receivedAt = clock();
        if (typeof message.content === 'string') emitEvent(arrivalOf(message, receivedAt));
      },
    });
  },

  /**
   * The cheapest way to lose nothing and keep the order with the SDK's stream: each event says that there is news, which a
   * sync and a read from behind the last message seen then find.
   */
  async streamSafely() {
    const clock = createWallClock();
    const read = createSafeReader(client(), (message) => emitEvent(arrivalOf(message, clock())));
    await client().conversations.streamAllMessages({ onValue: ({ conversationId }) => void read(conversationId) });
  },

  /** Asks `count` times, the next when the answer is there. Resolves to milliseconds between the network's stamps of both. */
  async converse({ to, count, gapMs }: { to: string; count: number; gapMs: number }) {
    const dm = await naive.dmTo(to);
    return await converse({ client: client(), dm, count, gapMs });
  },

  /** Fetches what waits and reads all of it. Resolves to the number of texts. */
  async catchUp() {
    await client().conversations.syncAll();
    let texts = 0;
    for (const conversation of await client().conversations.list()) {
      for (const message of await conversation.messages()) if (typeof message.content === 'string') texts += 1;
    }
    return texts;
  },
};

export type BareSdkCalls = typeof calls;

serveCalls(calls);
