import { useContext } from 'preact/hooks';
import { useSignOut } from '../api/use-sign-out.ts';
import { LiveContext } from '../live/live-context.ts';
import { texts } from '../texts.ts';
import { hrefOf } from '../use-route.ts';
import { shorten } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { InertText } from '../ui/inert-text.tsx';
import { StateWord } from './state-word.tsx';

/** Who is looked at, and how that agent is. */
export function TopBar({ isTeam }: { isTeam: boolean }) {
  const { change, connection } = useContext(LiveContext);
  const signOut = useSignOut();
  const status = change?.status ?? null;
  return (
    <header class="top">
      <a class="brand" href={isTeam ? hrefOf({ view: 'team' }) : hrefOf({ view: 'overview' })}>
        <img src="/page/icon.svg" alt="" width="28" height="28" />
        <span>{isTeam ? texts.nav.team : texts.product}</span>
      </a>
      {status !== null && (
        <div class="who">
          <strong>
            <InertText text={status.name} />
          </strong>
          {status.address !== null && <code>{shorten(status.address)}</code>}
          <StateWord state={status.state} />
        </div>
      )}
      <div class="end">
        {(status !== null || connection === 'lost') && (
          <span class={`connection ${connection}`} role="status">
            {texts.live[connection]}
          </span>
        )}
        <button type="button" class="plain" onClick={() => signOut('asked')}>
          <Icon name="signOut" />
          <span class="wide-only">{texts.signOut}</span>
          <span class="unseen narrow-only">{texts.signOut}</span>
        </button>
      </div>
    </header>
  );
}
