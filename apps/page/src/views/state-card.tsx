import type { Status } from '../api/types.ts';
import { texts } from '../texts.ts';
import { hrefOf, type ViewName } from '../use-route.ts';
import { Card } from '../ui/card.tsx';
import { Icon } from '../ui/icon.tsx';
import { InertText } from '../ui/inert-text.tsx';

const words = texts.state;

/** Where a warning is dealt with. */
const places: Readonly<Record<string, ViewName>> = {
  DEAD_LETTERS: 'delivery',
  PENDING_OLD: 'conversations',
  SENDS_STUCK: 'delivery',
  DELIVERY_DISABLED: 'delivery',
  DELIVERY_FAILING: 'delivery',
  REPLIES_HELD_BACK: 'delivery',
  NAME_MOVED: 'lists',
  ALLOWLIST_UNREADABLE: 'lists',
  DENYLIST_UNREADABLE: 'lists',
  GROUPLIST_UNREADABLE: 'lists',
};

/** The state in words, why it is so, what to do, and what an operator should not overlook. */
export function StateCard({ status, agent }: { status: Status; agent: string }) {
  const { state, reason, warnings } = status;
  const [title, about] = words.words[state] ?? [state, ''];
  const kind = state === 'connected' ? 'good' : state === 'failed' ? 'bad' : 'warn';
  return (
    <Card title={words.title} class="state">
      <div class={`state-now ${kind}`}>
        <span class="state-mark">
          <Icon name={kind === 'good' ? 'check' : 'alert'} />
        </span>
        <div>
          <p class="state-title">{title}</p>
          <p>{reason === null ? about : <InertText text={reason.message} />}</p>
          {reason !== null && reason.hint !== '' && (
            <p class="next">
              <b>{words.next}:</b> <InertText text={reason.hint} />
            </p>
          )}
        </div>
      </div>
      {warnings.length > 0 && (
        <>
          <h3>{words.warnings}</h3>
          <ul class="warnings">
            {warnings.map(({ code, message, hint }) => (
              <li key={code + message}>
                <p>
                  <InertText text={message} />
                </p>
                {/\b(?:GET|POST|DELETE) \//u.test(hint) ? null : (
                  <p class="quiet">
                    <InertText text={hint} />
                  </p>
                )}
                {places[code] !== undefined && (
                  <a href={hrefOf({ agent, view: places[code] })}>{words.look(texts.nav[places[code]])}</a>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
