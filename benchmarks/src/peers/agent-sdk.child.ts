// A program on the agent SDK, as its documentation shows it.
import { clientOptions, signerOf, storageOf } from './sdk-client.ts';
import { Agent } from '@xmtp/agent-sdk';
import { type BuiltInContentTypes, Client } from '@xmtp/node-sdk';
import { createWallClock } from '../measure/create-wall-clock.ts';
import { emitEvent, serveCalls } from '../processes/serve-calls.ts';
import { arrivalOf } from './arrival-of.ts';
import type { Identity } from './new-identity.ts';
import { createNaiveSender } from './create-naive-sender.ts';
import { answerTo } from './payload.ts';
import { serveGateway } from './serve-gateway.ts';

type OpenAgent = Agent<BuiltInContentTypes>;

let created: OpenAgent | null = null;
let isStreaming = false;

function agent(): OpenAgent {
  if (created === null) throw new Error('call open first');
  return created;
}

const naive = createNaiveSender((address) => agent().createDmWithAddress(address as `0x${string}`));

const calls = {
  async open(identity: Identity) {
    const options = { ...clientOptions(identity.networkUrl), ...storageOf(identity) };
    // Not `Agent.create`: it counts installations at the address that `env` implies and forgets `apiUrl`.
    created = new Agent({ client: await Client.create(signerOf(identity.privateKey), options) });
    return { inboxId: created.client.inboxId };
  },

  prepare: naive.prepare,

  sendNaive: naive.send,

  /** Sends for whoever asks over HTTP; the conversation is asked for each time. Resolves to the URL. */
  serve: () => serveGateway((address) => agent().createDmWithAddress(address as `0x${string}`)),

  async stream() {
    if (isStreaming) return;
    isStreaming = true;
    const clock = createWallClock();
    agent().on('text', ({ message }) => {
      emitEvent(arrivalOf(message, clock()));
    });
    await agent().start();
  },

  /** Answers each text. */
  async answer() {
    agent().on('text', ({ conversation, message }) => void conversation.sendText(answerTo(message.content)));
    await agent().start();
  },
};

export type AgentSdkCalls = typeof calls;

serveCalls(calls);
