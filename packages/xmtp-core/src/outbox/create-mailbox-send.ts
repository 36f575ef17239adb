import { mailboxError } from '../errors.ts';
import type { HealthMonitor } from '../health/create-health-monitor.ts';
import type { DiskWatch } from '../home/watch-disk.ts';
import type { ConversationBook } from '../inbox/create-conversation-book.ts';
import type { Mailbox } from '../types.ts';
import type { Outbox } from './create-outbox.ts';

/** Sends as callers see it: by the ids that they know, and with the reason when the mailbox or its disk cannot. */
export function createMailboxSend(options: {
  outbox: Pick<Outbox, 'send'>;
  book: Pick<ConversationBook, 'get'>;
  health: Pick<HealthMonitor, 'terminal' | 'failed'>;
  disk: DiskWatch;
  isClosing: () => boolean;
}): Mailbox['send'] {
  const { outbox, book, health, disk, isClosing } = options;
  return async (request) => {
    if (isClosing()) throw mailboxError('CLOSED');
    const terminal = health.terminal();
    if (terminal !== null) throw terminal;
    try {
      const result = await outbox.send(request);
      // Of the duplicates of a direct message, the one that is in use may have another id than the agent knows.
      return { ...result, conversationId: book.get(result.conversationId)?.id ?? result.conversationId };
    } catch (error) {
      const known = disk.explain(error);
      const trouble = disk.look();
      if (trouble !== null) health.failed(trouble);
      throw known;
    }
  };
}
