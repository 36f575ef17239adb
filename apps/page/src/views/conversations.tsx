import { useState } from 'preact/hooks';
import { readConversations } from '../api/read-conversations.ts';
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
const choices = ['everybody', 'listed'] as const;

/** With whom the agent speaks, and what is said. */
export function Conversations({ agent, detail }: { agent: string; detail: string | null }) {
  const { client } = useApi();
  // Of an open mailbox, strangers by the thousand can push the people of the list out of sight.
  const [whose, setWhose] = useState<(typeof choices)[number]>('everybody');
  const [steps, setSteps] = useState(1);
  const [writing, setWriting] = useState(false);
  const mark = useMark(({ marks, status }) => [
    marks.heard,
    marks.sent,
    status.inbox,
    status.allowlist?.count,
    status.denylist?.count,
  ]);
  const data = useData(
    async (signal) => await readConversations({ client, onlyListed: whose === 'listed', steps, signal }),
    [mark, client, steps, whose],
  );
  const choose = (choice: (typeof choices)[number]) => {
    setWhose(choice);
    setSteps(1);
  };
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
          <div class="tabs" role="group" aria-label={words.whose}>
            {choices.map((choice) => (
              <button key={choice} type="button" aria-pressed={choice === whose} onClick={() => choose(choice)}>
                {words[choice]}
              </button>
            ))}
          </div>
          <Reading data={data}>
            {({ conversations, more }) => (
              <>
                {conversations.length === 0 && <p class="quiet empty">{words.none[whose]}</p>}
                <ul class="conversations">
                  {conversations.map((one) => (
                    <Row key={one.id} conversation={one} agent={agent} isChosen={one.id === detail} />
                  ))}
                </ul>
                {more && (
                  <button type="button" onClick={() => setSteps((before) => before + 1)}>
                    {texts.more}
                  </button>
                )}
              </>
            )}
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
