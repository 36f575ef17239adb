import { type components, type MailboxClient, unwrap } from '@xmtp-messaging/client';
import type { ChannelRuntime, HostConfig, ReplyPayload } from './host.ts';
import { type Account, channelId } from './read-account.ts';

/** Nobody goes on in the session of somebody else, whatever the host does otherwise. */
export const sessionScope = 'per-account-channel-peer' as const;

/** A message as the mailbox gives it. */
export type Message = components['schemas']['Message'];

/** What a turn of the agent needs. */
export interface DispatchOptions {
  account: Account;
  cfg: HostConfig;
  runtime: ChannelRuntime;
  mailbox: MailboxClient;
  /** The rules of the boundary, for the system prompt. */
  rules: string;
  signal: AbortSignal;
}

/**
 * Lets the agent of the host deal with a message. What reaches it of the sender's words is the wrapped block and nothing else, and none of them is a
 * command; its answers go back into the conversation, each once.
 */
export async function dispatchMessage(message: Message, options: DispatchOptions): Promise<void> {
  const { account, cfg, runtime, rules } = options;
  const { accountId } = account;
  const { id: messageId, conversationId, conversationType } = message;
  const text = message.text ?? '';
  const isDirect = conversationType === 'dm';
  const sender = message.from.address ?? message.from.inboxId;
  const peer = { kind: isDirect ? 'direct' : 'group', id: isDirect ? sender : conversationId } as const;
  const target = `${channelId}:${isDirect && message.from.address !== null ? sender : `conversation:${conversationId}`}`;
  let replies = 0;
  await runtime.inbound.run({
    channel: channelId,
    accountId,
    raw: message,
    adapter: {
      ingest: () => ({
        id: messageId,
        timestamp: Date.parse(message.sentAt),
        rawText: text,
        textForAgent: text,
        // What a stranger typed is never a command of the host.
        textForCommands: '',
        raw: message,
      }),
      resolveTurn: async () => {
        const route = runtime.routing.resolveAgentRoute({
          cfg,
          channel: channelId,
          accountId,
          peer,
          dmScope: sessionScope,
        });
        const { agentId, sessionKey, dmScope } = route;
        const ctxPayload = runtime.inbound.buildContext({
          channel: channelId,
          accountId,
          messageId,
          timestamp: Date.parse(message.sentAt),
          from: target,
          // No name: the block says what people call the sender, and who says so.
          sender: { id: sender },
          conversation: { kind: peer.kind, id: peer.id, label: peer.id },
          route: { agentId, dmScope, accountId, routeSessionKey: sessionKey, dispatchSessionKey: sessionKey },
          reply: { to: target, originatingTo: target },
          message: { rawBody: text, body: text, bodyForAgent: text, commandBody: '' },
          access: { commands: { authorized: false } },
          supplemental: { groupSystemPrompt: rules },
        });
        return {
          cfg,
          channel: channelId,
          accountId,
          route: { agentId, dmScope, sessionKey },
          ctxPayload,
          delivery: { deliver: (payload: ReplyPayload) => deliver(payload) },
        };
      },
    },
  });

  async function deliver(payload: ReplyPayload): Promise<{ visibleReplySent: boolean; messageIds?: string[] }> {
    const links = payload.mediaUrls ?? (payload.mediaUrl === undefined ? [] : [payload.mediaUrl]);
    // A path of this machine is nobody else's business.
    const said = [payload.text ?? '', ...links.filter((link) => /^https:/iu.test(link))].filter(Boolean).join('\n');
    if (said === '') return { visibleReplySent: false };
    const key = `openclaw-${messageId}-${replies}`;
    replies += 1;
    const sent = await unwrap(
      options.mailbox.POST('/xmtp/messages/{id}/reply', {
        params: { path: { id: messageId }, header: { 'idempotency-key': key } },
        body: { message: said },
        signal: options.signal,
      }),
    );
    return { visibleReplySent: true, messageIds: [sent.id] };
  }
}
