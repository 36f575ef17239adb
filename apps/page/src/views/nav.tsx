import { useContext } from 'preact/hooks';
import { useData } from '../api/use-data.ts';
import { unwrap } from '@xmtp-messaging/client';
import { useApi } from '../api/use-api.ts';
import { LiveContext, useMark } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { hrefOf, type ViewName } from '../use-route.ts';
import { Icon } from '../ui/icon.tsx';
import { useIgnored } from './use-ignored.ts';

const order = ['overview', 'conversations', 'knocks', 'lists', 'delivery', 'log'] as const;

/** The views of an agent, with what waits in each. */
export function Nav({ agent, view }: { agent: string; view: ViewName }) {
  const { change } = useContext(LiveContext);
  const { client } = useApi();
  const mark = useMark(({ status }) => [
    status.inbox?.dropped,
    status.allowlist,
    status.denylist,
    status.conversations,
    status.state,
  ]);
  const knocks = useData(
    async (signal) => await unwrap(client.GET('/xmtp/knocks', { params: { query: { limit: 1000 } }, signal })),
    [mark, client],
  );
  const { isIgnored } = useIgnored();
  const waiting = knocks.value?.knocks.filter((knock) => knock.decided === null && !isIgnored(knock)).length ?? 0;
  const counts: Partial<Record<ViewName, number>> = {
    conversations: change?.status.inbox?.pending ?? 0,
    knocks: waiting,
    delivery: change?.status.inbox?.dead ?? 0,
    overview: change?.status.warnings.length ?? 0,
  };
  return (
    <nav class="side" aria-label={texts.nav.label}>
      {order.map((name) => (
        <a key={name} href={hrefOf({ agent, view: name })} aria-current={view === name ? 'page' : undefined}>
          <Icon name={name} />
          <span>{texts.nav[name]}</span>
          {(counts[name] ?? 0) > 0 && <span class="count">{counts[name]}</span>}
        </a>
      ))}
    </nav>
  );
}
