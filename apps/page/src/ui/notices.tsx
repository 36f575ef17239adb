import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { describeProblem, isSignedOut } from '../api/describe-problem.ts';
import { pause } from '../api/pause.ts';
import { useSignOut } from '../api/use-sign-out.ts';
import { texts } from '../texts.ts';

interface Notice {
  kind: 'done' | 'problem';
  what: string;
  next: string | null;
}

type Tell = (notice: Notice | null) => void;

const TellContext = createContext<Tell>(() => {});
const doneMs = 6000;

/** Says what became of an action, aloud for those who do not see it. What went wrong stays until it is closed. */
export function Notices({ children }: { children: ComponentChildren }) {
  const [notice, setNotice] = useState<Notice | null>(null);
  useEffect(() => {
    if (notice?.kind !== 'done') return undefined;
    const stop = new AbortController();
    void pause(doneMs, stop.signal).then(() => stop.signal.aborted || setNotice(null));
    return () => stop.abort();
  }, [notice]);
  return (
    <TellContext.Provider value={setNotice}>
      {children}
      <div class="notices" role="status" aria-live="polite">
        {notice !== null && (
          <div class={`notice ${notice.kind}`}>
            <div>
              <p>{notice.what}</p>
              {notice.next !== null && <p class="quiet">{notice.next}</p>}
            </div>
            <button type="button" class="plain" onClick={() => setNotice(null)}>
              {texts.close}
            </button>
          </div>
        )}
      </div>
    </TellContext.Provider>
  );
}

/** Runs an action of the operator, one at a time, and says what became of it. Resolves with whether it worked. */
export function useAction(): { busy: boolean; run: (act: () => Promise<string | null>) => Promise<boolean> } {
  const tell = useContext(TellContext);
  const signOut = useSignOut();
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const run = useCallback(async (act: () => Promise<string | null>) => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    tell(null);
    try {
      const what = await act();
      if (what !== null) tell({ kind: 'done', what, next: null });
      return true;
    } catch (error) {
      if (isSignedOut(error)) signOut('ended');
      else tell({ kind: 'problem', ...describeProblem(error) });
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  return { busy, run };
}
