import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Ends the session of this tab: the operator wants that, or the server does not know it any more. */
export type SignOut = (why: 'asked' | 'ended') => void;

export const SignOutContext = createContext<SignOut>(() => {});

export function useSignOut(): SignOut {
  return useContext(SignOutContext);
}
