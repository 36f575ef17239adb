import { readToken, type Token, tokenText } from './create-tally.ts';

/** Content types that take turns: each has its own way to be encoded, stored, recognised and shown. */
const saidTypes = ['text', 'reply', 'reaction', 'attachment', 'markdown', 'custom'] as const;
/** The custom one. */
export const chaosType = { authorityId: 'example.org', typeId: 'chaos', versionMajor: 1, versionMinor: 0 } as const;
/** Those of them that only somebody who was written to before can be sent. */
const toEarlier: ReadonlySet<string> = new Set(['reply', 'reaction']);

/** Kinds that must wake an agent so that its endpoint sees all of them. */
export const wakingKinds: string = saidTypes.join(' ');

const base64 = (text: string) => Buffer.from(text).toString('base64');

/**
 * The part of a send that carries a token, in the content type of its turn.
 * @param earlier Id of a message of the same conversation; `null` while there is none.
 */
export function sayToken(token: Token, earlier: string | null): object {
  const text = tokenText(token);
  const turn = saidTypes[(token.step + token.index) % saidTypes.length]!;
  const type = earlier === null && toEarlier.has(turn) ? 'text' : turn;
  if (type === 'text') return { message: text };
  if (type === 'reply') return { message: text, replyTo: earlier };
  if (type === 'markdown') return { message: `**${text}**`, contentType: 'markdown' };
  if (type === 'reaction')
    return { contentType: 'reaction', content: { reference: earlier, content: text, schema: 'custom' } };
  const data = base64(text);
  if (type === 'attachment') return { attachment: { filename: text, mimeType: 'text/plain', data } };
  const { authorityId, typeId } = chaosType;
  return { contentType: `${authorityId}/${typeId}:1.0`, content: { fallback: text, content: data } };
}

/** A message as the bare SDK gives it; reactions stand at the message that they belong to. */
export interface SdkMessage {
  id: string;
  sentAtNs: bigint;
  content?: unknown;
  fallback?: string | undefined;
  reactions?: readonly SdkMessage[] | undefined;
}

/** The tokens of messages and of the reactions to them, wherever in their content they stand, in the order in which they were sent. */
export function findTokens(messages: readonly SdkMessage[]): { id: string; token: Token }[] {
  return messages
    .flatMap((message) => [message, ...(message.reactions ?? [])])
    .toSorted((a, b) => Number(a.sentAtNs - b.sentAtNs))
    .flatMap(({ id, content, fallback }) => {
      const token = find(content) ?? readToken(fallback ?? '');
      return token === null ? [] : [{ id, token }];
    });
}

function find(content: unknown): Token | null {
  if (typeof content === 'string') return readToken(content);
  if (typeof content !== 'object' || content === null) return null;
  // Of a reply and a reaction, of a file; a reply has the message that it answers beside its own words.
  const { content: inner, filename } = content as { content?: unknown; filename?: unknown };
  return find(filename) ?? find(inner);
}
