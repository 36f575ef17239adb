import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api } from './types.ts';

/** The agent that is looked at. */
export const ApiContext = createContext<Api | null>(null);

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === null) throw new Error('no agent is looked at');
  return api;
}
