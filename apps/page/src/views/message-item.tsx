import { useState } from 'preact/hooks';
import type { Message } from '../api/types.ts';
import { texts } from '../texts.ts';
import { Badge } from '../ui/badge.tsx';
import { shorten } from '../ui/format.ts';
import { InertText } from '../ui/inert-text.tsx';
import { parseBlock } from '../ui/parse-block.ts';
import { Time } from '../ui/time.tsx';
import { AttachmentChips } from './attachment-chips.tsx';
import type { ReactionCount } from './gather-reactions.ts';
import { WholeText } from './whole-text.tsx';

const words = texts.message;
/** Types that say nothing by themselves: a line, and no bubble. */
const quiet: Readonly<Record<string, string>> = { readReceipt: words.receipt, groupUpdated: words.changed };

/** One message, as the agent sees it. */
export function MessageItem({ message, reactions }: { message: Message; reactions: readonly ReactionCount[] }) {
  const [showsBlock, setShowsBlock] = useState(false);
  const isOwn = message.direction === 'out';
  const who = isOwn ? words.you : <Sender message={message} />;
  const said = quiet[message.type];
  if (said !== undefined)
    return (
      <li class="edge quiet">
        {who} {said} · <Time at={message.sentAt} />
      </li>
    );
  const { body, hidden, escaped } = parseBlock(message.text ?? '');
  return (
    <li class={isOwn ? 'message own' : 'message'}>
      <p class="message-head">
        <strong>{who}</strong> <Time at={message.sentAt} />
      </p>
      <div class="bubble">
        {message.replyTo !== null && <p class="quiet small">{words.answers}</p>}
        {message.gone !== null ? (
          <p class="quiet">{words[message.gone]}</p>
        ) : message.text === null ? (
          <p class="quiet">{words.withheld}</p>
        ) : (
          <InertText text={body} lines />
        )}
        <AttachmentChips message={message} />
        {reactions.length > 0 && (
          <ul class="reactions" aria-label={words.reactions}>
            {reactions.map(({ content, count }) => (
              <li key={content}>
                <InertText text={content.slice(0, 16)} /> {count > 1 && count}
              </li>
            ))}
          </ul>
        )}
      </div>
      <p class="message-foot">
        <Marks message={message} />
        {hidden > 0 && <Badge kind="warn">{words.hidden(hidden)}</Badge>}
        {escaped > 0 && <Badge kind="warn">{words.escaped(escaped)}</Badge>}
        {message.text !== null && (
          <button
            type="button"
            class="plain small"
            aria-expanded={showsBlock}
            onClick={() => setShowsBlock(!showsBlock)}
          >
            {showsBlock ? words.hide : words.asAgent}
          </button>
        )}
      </p>
      {showsBlock && (
        <pre class="block" tabIndex={0}>
          <InertText text={message.text ?? ''} lines />
        </pre>
      )}
      {message.direction === 'in' && message.truncated && message.text !== null && <WholeText id={message.id} />}
    </li>
  );
}

function Sender({ message }: { message: Message }) {
  if (message.direction === 'out') return null;
  const { name, address, inboxId } = message.from;
  return name === null ? <code>{shorten(address ?? inboxId)}</code> : <InertText text={name} />;
}

function Marks({ message }: { message: Message }) {
  if (message.direction === 'out')
    return message.deliveryState === 'sent' ? null : (
      <Badge kind={message.deliveryState === 'failed' ? 'bad' : 'warn'}>{words[message.deliveryState]}</Badge>
    );
  return (
    <>
      {message.knock && <Badge>{words.knock}</Badge>}
      {message.state === 'pending' && <Badge>{words.pending}</Badge>}
      {message.state === 'dead' && <Badge kind="bad">{words.dead}</Badge>}
      {message.truncated && <Badge>{words.truncated}</Badge>}
      {message.findings.map((kind) => (
        <Badge key={kind} kind="warn">
          {words.finding(kind)}
        </Badge>
      ))}
    </>
  );
}
