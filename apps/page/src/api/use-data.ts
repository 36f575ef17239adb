import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import { isSignedOut } from './describe-problem.ts';
import { SignOutContext } from './use-sign-out.ts';

/** What was read last, and whether the last reading failed. What was there stays while it is read anew. */
export interface Data<T> {
  value: T | null;
  error: unknown;
  reload: () => void;
}

/** Reads something now, and again whenever one of `marks` changes. @param read Takes a signal, and is not called side by side. */
export function useData<T>(read: (signal: AbortSignal) => Promise<T>, marks: readonly unknown[]): Data<T> {
  const [state, setState] = useState<{ value: T | null; error: unknown }>({ value: null, error: null });
  const [round, setRound] = useState(0);
  const latest = useRef(read);
  latest.current = read;
  const signOut = useContext(SignOutContext);
  useEffect(() => {
    const stop = new AbortController();
    latest.current(stop.signal).then(
      (value) => stop.signal.aborted || setState({ value, error: null }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        if (isSignedOut(error)) signOut('ended');
        else setState((before) => ({ ...before, error }));
      },
    );
    return () => stop.abort();
  }, [...marks, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...state, reload };
}
