import { unwrap } from '@xmtp-messaging/client';
import { useState } from 'preact/hooks';
import type { Conversation } from '../api/types.ts';
import { useApi } from '../api/use-api.ts';
import { useData } from '../api/use-data.ts';
import { useMark } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { hrefOf } from '../use-route.ts';
import { Badge } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { InertText } from '../ui/inert-text.tsx';
import { Reading } from '../ui/reading.tsx';
import { Time } from '../ui/time.tsx';
import { ConversationName } from './conversation-name.tsx';
import { NewMessage } from './new-message.tsx';
import { Thread } from './thread.tsx';

const words = texts.conversations;
const pageSize = 50;

/** With whom the agent speaks, and what is said. */
export function Conversations({ agent, detail }: { agent: string; detail: string | null }) {
  const { client } = useApi();
  const [limit, setLimit] = useState(pageSize);
  const [writing, setWriting] = useState(false);
  const mark = useMark(({ marks, status }) => [
    marks.heard,
    marks.sent,
    status.inbox,
    status.allowlist?.count,
    status.denylist?.count,
  ]);
  const data = useData(
    async (signal) =>
      await unwrap(client.GET('/xmtp/conversations', { params: { query: { limit: Math.min(limit, 200) } }, signal })),
    [mark, client, limit],
  );
  return (
    <>
      <div class="title-row">
        <h1>{words.title}</h1>
        <button type="button" class="primary" onClick={() => setWriting(true)}>
          <Icon name="pen" />
          {words.new}
        </button>
      </div>
      <div class={`panes ${detail === null ? '' : 'chosen'}`}>
        <section class="card list-pane" aria-label={words.list}>
          <Reading data={data}>
            {({ conversations, more }) =>
              conversations.length === 0 ? (
                <p class="quiet empty">{words.none}</p>
              ) : (
                <>
                  <ul class="conversations">
                    {conversations.map((one) => (
                      <Row key={one.id} conversation={one} agent={agent} isChosen={one.id === detail} />
                    ))}
                  </ul>
                  {more && limit < 200 && (
                    <button type="button" onClick={() => setLimit((before) => before + pageSize)}>
                      {texts.more}
                    </button>
                  )}
                </>
              )
            }
          </Reading>
        </section>
        {detail === null ? (
          <section class="card thread-pane nothing">
            <p class="quiet">{words.choose}</p>
          </section>
        ) : (
          <Thread key={detail} id={detail} agent={agent} />
        )}
      </div>
      {writing && <NewMessage agent={agent} onClose={() => setWriting(false)} />}
    </>
  );
}

function Row({ conversation, agent, isChosen }: { conversation: Conversation; agent: string; isChosen: boolean }) {
  const { id, type, unread, heard, member, members, lastActivityAt } = conversation;
  return (
    <li>
      <a href={hrefOf({ agent, view: 'conversations', detail: id })} aria-current={isChosen ? 'true' : undefined}>
        <span class="row-top">
          <span class="row-name">
            <ConversationName conversation={conversation} />
          </span>
          <Time at={lastActivityAt} />
        </span>
        <span class="row-facts">
          {type === 'group' && (
            <span class="quiet">
              {words.group}, {words.members(members)}
            </span>
          )}
          {unread > 0 && <Badge kind="good">{words.unread(unread)}</Badge>}
          {!heard && <Badge>{words.notHeard}</Badge>}
          {!member && (
            <Badge kind="warn">
              <InertText text={words.left} />
            </Badge>
          )}
        </span>
      </a>
    </li>
  );
}
