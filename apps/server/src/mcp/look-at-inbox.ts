import type { AgentRuntime } from '@xmtp-messaging/agent';
import { waitForMessage } from '../http/wait-for-message.ts';
import type { LookForMail } from './create-mail-news.ts';

/** How many messages are decoded at once: others shall have a turn. */
const step = 4;
const waitMs = 60_000;

/** Looks for new mail in the mailbox of this process. */
export function lookAtInbox(runtime: Pick<AgentRuntime, 'requireAgent'>): LookForMail {
  return async (after, signal) => {
    const { inbox } = runtime.requireAgent().mailbox;
    if (after === null) return { cursor: inbox.lastSeq(), messages: [] };
    await waitForMessage(inbox, { after, timeoutMs: waitMs, signal });
    const end = inbox.lastSeq();
    const found = await inbox.list({ after, limit: step });
    return {
      cursor: found.length < step ? Math.max(end, found.at(-1)?.seq ?? after) : found.at(-1)!.seq,
      messages: found.map(({ conversationId, state }) => ({ conversationId, wakes: state === 'pending' })),
    };
  };
}
