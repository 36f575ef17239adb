import { AgentError } from '../errors.ts';
import { mayBeHeard } from '../inbound/create-admit.ts';
import type { AgentResolver } from '../names/create-resolver.ts';
import { findRecipient, type Recipient } from '../names/find-recipient.ts';
import { keepMeaning } from '../names/keep-meaning.ts';
import type { OpenParts } from '../types.ts';
import { keyOfSend } from './key-of-send.ts';
import { prepareContent, requireReplyable, type Saying } from './prepare-content.ts';
import { requireSent } from './require-sent.ts';

/** What to send, and to whom. */
export interface MessageRequest extends Saying {
  /** ENS name or address. */
  to: string;
  /** Id of the message that this one answers. */
  replyTo?: string | undefined;
  /** Refuse a name that leads to another address than when it was last written to. @default false */
  strict?: boolean | undefined;
  /** Same key and request: same result, whatever dies in between. @default a new one */
  idempotencyKey?: string | undefined;
  /** Stops waiting, not the sending. @default none */
  signal?: AbortSignal | undefined;
}

/** What the network has accepted. */
export interface SentMessage {
  /** 64 hexadecimal digits. */
  id: string;
  /** 32 hexadecimal digits. */
  conversationId: string;
  /** Whom it went to. */
  to: Omit<Recipient, 'changedSince'>;
  /** The result of an earlier call with the same key. */
  replayed: boolean;
  /** The other address that this name meant when it was last written to, and from when on. */
  changedSince: Recipient['changedSince'];
  /** What was taken out of the text, by kind. */
  scrubbed: string[];
  /** Whether what the recipient answers from this address will be heard. */
  heard: boolean;
}

/** What sending needs beside an open mailbox. */
export interface SendContext extends OpenParts {
  /** Looks the recipient up. */
  resolver: AgentResolver;
  /** Whether strangers are heard as well, for `heard`. */
  mode: 'closed' | 'open';
  /** Keeps the keys of one kind of caller apart from those of another. */
  keySpace: string;
}

/**
 * A message's way out: scrubbed, its name resolved and held against its pin, sent once. Resolves when the network has it.
 * @throws AgentError as `prepareContent`, UPLOAD_FAILED, RECIPIENT_IS_SELF, ADDRESS_CHANGED, OUTCOME_UNKNOWN
 * @throws ResolveError, AllowlistError, MailboxError
 */
export async function sendMessage(context: SendContext, request: MessageRequest): Promise<SentMessage> {
  const { home, mailbox, resolver, mode, keySpace } = context;
  const { to, replyTo, strict = false, idempotencyKey, signal = new AbortController().signal } = request;
  const { names } = mailbox;
  const { say, isReplyable, scrubbed } = prepareContent(request, home);
  requireReplyable(replyTo, isReplyable);
  const { key, callersKey, isCallersKey } = keyOfSend(keySpace, idempotencyKey);
  const asked = await findRecipient({
    to,
    strict,
    key: isCallersKey ? key : undefined,
    home,
    names,
    resolver,
    signal,
  });
  if (asked.address.toLowerCase() === mailbox.address) throw new AgentError({ code: 'RECIPIENT_IS_SELF' });
  const send = async (address: `0x${string}`) =>
    await mailbox.send({
      to: { address },
      ...(await say({ mailbox, key, signal })),
      replyTo,
      idempotencyKey: key,
      keepsKey: isCallersKey,
      signal,
    });
  const { result, recipient } = await keepMeaning({ to, recipient: asked, key, isCallersKey, names, send });
  requireSent(result, { key: callersKey, hint: home.hints.sendAgain });
  const { changedSince, ...found } = recipient;
  const { messageId: id, conversationId, replayed } = result;
  return {
    id,
    conversationId,
    to: found,
    replayed,
    changedSince,
    scrubbed,
    heard: mayBeHeard({ home, mode })(found.address),
  };
}
