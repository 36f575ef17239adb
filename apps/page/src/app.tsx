import { useCallback, useEffect, useState } from 'preact/hooks';
import { openSession } from './api/open-session.ts';
import { keepSession, readSession, type Session } from './api/session.ts';
import { SignOutContext, type SignOut } from './api/use-sign-out.ts';
import { texts } from './texts.ts';
import { Notices } from './ui/notices.tsx';
import { Shell } from './views/shell.tsx';
import { SignIn } from './views/sign-in.tsx';

/** The page: who has no session is asked for one. */
export function App({ link }: { link: string | null }) {
  const [session, setSession] = useState<Session | null>(readSession);
  const [code, setCode] = useState(link);
  const [problem, setProblem] = useState<unknown>(null);
  const enter = useCallback((opened: Session) => {
    keepSession(opened);
    setSession(opened);
    setProblem(null);
  }, []);
  const signOut: SignOut = useCallback((why) => {
    keepSession(null);
    setSession(null);
    setProblem(why === 'ended' ? texts.signIn.ended : null);
  }, []);
  useEffect(() => {
    if (code === null) return;
    openSession(code)
      .then(enter, setProblem)
      .finally(() => setCode(null));
  }, []);
  if (code !== null) return <p class="alone quiet">{texts.signIn.opening}</p>;
  if (session === null) return <SignIn problem={problem} onEnter={enter} />;
  return (
    <SignOutContext.Provider value={signOut}>
      <Notices>
        <Shell session={session} />
      </Notices>
    </SignOutContext.Provider>
  );
}
