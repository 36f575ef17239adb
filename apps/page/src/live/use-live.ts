import { type MailboxChange, readChanges } from '@xmtp-messaging/client';
import { useContext, useEffect, useState } from 'preact/hooks';
import { describeProblem, isSignedOut } from '../api/describe-problem.ts';
import { pause } from '../api/pause.ts';
import type { Api } from '../api/types.ts';
import { SignOutContext } from '../api/use-sign-out.ts';

/** What is the case, and whether that is known now. */
export interface Live {
  change: MailboxChange | null;
  connection: 'connecting' | 'live' | 'lost';
  /** Why there is no connection. */
  problem: string | null;
}

/** The longest pause between two tries, milliseconds. */
const maxPauseMs = 5000;

/**
 * What is the case, as the server tells it. A tab that nobody sees holds no connection: browsers have six for all tabs of
 * one server.
 */
export function useLive(api: Api): Live {
  const [live, setLive] = useState<Live>({ change: null, connection: 'connecting', problem: null });
  const signOut = useContext(SignOutContext);
  useEffect(() => {
    const gone = new AbortController();
    let round = new AbortController();
    setLive({ change: null, connection: 'connecting', problem: null });
    const listen = async (signal: AbortSignal) => {
      for (let failures = 0; !signal.aborted; failures += 1) {
        try {
          for await (const change of readChanges(api.client, { signal })) {
            failures = 0;
            setLive({ change, connection: 'live', problem: null });
          }
          if (!signal.aborted) setLive((before) => ({ ...before, connection: 'lost', problem: null }));
        } catch (error) {
          if (signal.aborted) return;
          if (isSignedOut(error)) {
            signOut('ended');
            return;
          }
          setLive((before) => ({ ...before, connection: 'lost', problem: describeProblem(error).what }));
        }
        await pause(Math.min(maxPauseMs, 500 * 2 ** failures) * (0.75 + Math.random() / 2), signal);
      }
    };
    const follow = () => {
      round.abort();
      round = new AbortController();
      if (!document.hidden && !gone.signal.aborted) void listen(AbortSignal.any([round.signal, gone.signal]));
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      gone.abort();
      document.removeEventListener('visibilitychange', follow);
    };
  }, [api]);
  return live;
}
