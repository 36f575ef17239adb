import { createClient } from '@xmtp-messaging/client';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Session } from '../api/session.ts';
import type { Api } from '../api/types.ts';
import { ApiContext } from '../api/use-api.ts';
import { LiveContext } from '../live/live-context.ts';
import { useLive } from '../live/use-live.ts';
import { texts } from '../texts.ts';
import { useRoute } from '../use-route.ts';
import { Conversations } from './conversations.tsx';
import { Delivery } from './delivery.tsx';
import { Knocks } from './knocks.tsx';
import { Lists } from './lists.tsx';
import { Log } from './log.tsx';
import { Nav } from './nav.tsx';
import { OpenModeBanner } from './open-mode-banner.tsx';
import { Overview } from './overview.tsx';
import { Team } from './team.tsx';
import { TopBar } from './top-bar.tsx';

const views = {
  overview: Overview,
  conversations: Conversations,
  knocks: Knocks,
  lists: Lists,
  delivery: Delivery,
  log: Log,
};

/** What stands around every view. */
export function Shell({ session }: { session: Session }) {
  const { agent, view, detail } = useRoute();
  const isTeam = session.view === 'team';
  const showsTeam = isTeam && (view === 'team' || agent === '');
  const main = useRef<HTMLElement>(null);
  const place = `${agent}/${view}`;
  const first = useRef(place);
  useEffect(() => {
    // Who moves by keyboard or screen reader goes on where the new view begins.
    if (first.current !== place) {
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    first.current = '';
  }, [place]);
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        {texts.skip}
      </a>
      {showsTeam ? (
        <div class="shell">
          <TopBar isTeam />
          <main id="main" ref={main} tabIndex={-1}>
            <Team token={session.token} />
          </main>
        </div>
      ) : (
        <Agent key={agent} session={session} agent={isTeam ? agent : ''}>
          <div class="shell with-nav">
            <TopBar isTeam={isTeam} />
            <Nav agent={agent} view={view} />
            <main id="main" ref={main} tabIndex={-1}>
              <OpenModeBanner />
              {(() => {
                const View = views[view === 'team' ? 'overview' : view];
                return <View agent={agent} detail={detail} />;
              })()}
            </main>
          </div>
        </Agent>
      )}
    </>
  );
}

/** The agent that is looked at, live. */
function Agent({ session, agent, children }: { session: Session; agent: string; children: preact.ComponentChildren }) {
  const api = useMemo((): Api => {
    const base = agent === '' ? '' : `/agents/${agent}`;
    return { client: createClient({ baseUrl: base, token: session.token }), base, token: session.token };
  }, [session.token, agent]);
  const live = useLive(api);
  return (
    <ApiContext.Provider value={api}>
      <LiveContext.Provider value={live}>{children}</LiveContext.Provider>
    </ApiContext.Provider>
  );
}
