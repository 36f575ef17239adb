import { unwrap } from '@xmtp-messaging/client';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../api/types.ts';
import { useApi } from '../api/use-api.ts';
import { useData } from '../api/use-data.ts';
import { useMark } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { hrefOf } from '../use-route.ts';
import { Icon } from '../ui/icon.tsx';
import { useAction } from '../ui/notices.tsx';
import { Reading } from '../ui/reading.tsx';
import { Composer } from './composer.tsx';
import { ConversationName } from './conversation-name.tsx';
import { GroupMembers } from './group-members.tsx';
import { MessageItem } from './message-item.tsx';
import { gatherReactions, isReaction } from './gather-reactions.ts';
import { useThread } from './use-thread.ts';

const words = texts.conversations;

/** What was heard and said in one conversation, and a place to write. */
export function Thread({ id, agent }: { id: string; agent: string }) {
  const { client } = useApi();
  const mark = useMark(({ marks, status }) => [
    marks.heard,
    marks.sent,
    status.inbox,
    status.denylist?.count,
    status.allowlist?.count,
  ]);
  const facts = useData(
    async (signal) => await unwrap(client.GET('/xmtp/conversations/{id}', { params: { path: { id } }, signal })),
    [mark, id],
  );
  const { messages, older, hasOlder, error } = useThread(id, mark);
  const [showsMembers, setShowsMembers] = useState(false);
  const { busy, run } = useAction();
  const list = useRef<HTMLOListElement>(null);
  const newest = messages?.at(-1)?.id;
  useEffect(() => {
    const element = list.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [newest]);
  const markRead = async () => {
    await unwrap(client.POST('/xmtp/conversations/{id}/read', { params: { path: { id } } }));
    return words.marked;
  };
  const reactions = gatherReactions(messages ?? []);
  const shown = (messages ?? []).filter((message) => !isReaction(message));
  return (
    <section class="card thread-pane" aria-label={words.thread}>
      <Reading data={facts}>
        {(conversation) => (
          <header class="thread-head">
            <a class="back" href={hrefOf({ agent, view: 'conversations' })}>
              <Icon name="back" />
              <span class="unseen">{words.back}</span>
            </a>
            <h2>
              <ConversationName conversation={conversation} />
            </h2>
            <div class="buttons">
              {conversation.type === 'group' && (
                <button type="button" aria-expanded={showsMembers} onClick={() => setShowsMembers(!showsMembers)}>
                  {words.members(conversation.members)}
                </button>
              )}
              {conversation.unread > 0 && (
                <button type="button" disabled={busy} onClick={() => void run(markRead)}>
                  {words.markRead}
                </button>
              )}
            </div>
          </header>
        )}
      </Reading>
      {showsMembers && <GroupMembers id={id} mark={mark} />}
      {error !== null && <Reading data={{ value: null, error, reload: () => {} }}>{() => null}</Reading>}
      {/* A region that scrolls can be reached by the keyboard. */}
      <ol class="messages" ref={list} tabIndex={0} aria-label={words.thread}>
        <li class="edge">
          {hasOlder ? (
            <button type="button" onClick={older}>
              {texts.older}
            </button>
          ) : (
            messages !== null && <span class="quiet">{shown.length === 0 ? words.empty : words.start}</span>
          )}
        </li>
        {shown.map((message: Message) => (
          <MessageItem key={message.id} message={message} reactions={reactions.get(message.id) ?? []} />
        ))}
      </ol>
      {facts.value?.member !== false && <Composer id={id} />}
    </section>
  );
}
