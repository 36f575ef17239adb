import { useState } from 'preact/hooks';
import { signIn } from '../api/open-session.ts';
import { isSignedOut } from '../api/describe-problem.ts';
import type { Session } from '../api/session.ts';
import { texts } from '../texts.ts';
import { Problem } from '../ui/problem.tsx';

const words = texts.signIn;

/** Asks for the operator's token, and says how to come in without it. */
export function SignIn({ problem, onEnter }: { problem: unknown; onEnter: (session: Session) => void }) {
  const [token, setToken] = useState('');
  const [failed, setFailed] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailed(null);
    try {
      onEnter(await signIn(token.trim()));
    } catch (error) {
      setFailed(isSignedOut(error) ? words.wrong : error);
    } finally {
      setToken('');
      setBusy(false);
    }
  };
  const shown = failed ?? problem;
  return (
    <main class="sign-in">
      <img src="/page/icon.svg" alt="" width="56" height="56" />
      <h1>{words.title}</h1>
      <p>{words.about}</p>
      {typeof shown === 'string' ? (
        <p class="problem" role="alert">
          {shown}
        </p>
      ) : (
        shown !== null && <Problem error={shown} />
      )}
      <div class="card">
        <p>{words.how}</p>
        <pre>
          <code>{words.command}</code>
        </pre>
        <form onSubmit={(event) => void submit(event)}>
          <label>
            <span>{words.or}</span>
            <input
              type="password"
              name="token"
              aria-label={words.label}
              autoComplete="off"
              spellcheck={false}
              required
              value={token}
              onInput={({ currentTarget }) => setToken(currentTarget.value)}
            />
          </label>
          <button type="submit" class="primary" disabled={busy || token.trim() === ''}>
            {words.enter}
          </button>
        </form>
      </div>
      <p class="quiet small">{words.privacy}</p>
    </main>
  );
}
