import type { Client, Conversation } from '@xmtp/node-sdk';
import { toIdentifier } from '../client/to-identifier.ts';
import { DevnetError } from '../errors.ts';
import type { Peer } from './to-peer.ts';

/** Sends where it should go. */
export interface Send {
  /** Somebody wrote there. */
  heard(conversationId: string): void;
  /** Returns the id of the message. @throws DevnetError NOBODY_THERE */
  text(text: string): Promise<string>;
}

/** @param peer Who is written to; `null` is whoever wrote last. */
export function createSend({ client, peer }: { client: Client<unknown>; peer: Peer | null }): Send {
  let last: string | null = null;
  let conversation: Conversation | null = null;
  const toPeer = async ({ name, address }: Peer): Promise<Conversation> => {
    const identifier = toIdentifier(address);
    if ((await client.canMessage([identifier])).get(address) !== true) {
      throw new DevnetError({ code: 'NOBODY_THERE', shortMessage: `${name} is not on the network.` });
    }
    return client.conversations.createDmWithIdentifier(identifier);
  };
  const toLast = async (): Promise<Conversation> => {
    const found = last === null ? undefined : await client.conversations.getConversationById(last);
    if (found !== undefined) return found;
    throw new DevnetError({ code: 'NOBODY_THERE', shortMessage: 'Nobody has written yet, and --to names nobody.' });
  };
  return {
    heard(conversationId) {
      last = conversationId;
    },
    async text(text) {
      if (peer === null) return (await toLast()).sendText(text);
      conversation ??= await toPeer(peer);
      return conversation.sendText(text);
    },
  };
}
