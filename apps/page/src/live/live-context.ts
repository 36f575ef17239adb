import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Status } from '../api/types.ts';
import type { Live } from './use-live.ts';

export const LiveContext = createContext<Live>({ change: null, connection: 'connecting', problem: null });

/** The status as it was told last; `null` before that. */
export function useStatus(): Status | null {
  return useContext(LiveContext).change?.status ?? null;
}

/** A text that changes when these parts of what is the case do. */
export function useMark(pick: (change: NonNullable<Live['change']>) => unknown): string {
  const { change } = useContext(LiveContext);
  return change === null ? '' : JSON.stringify(pick(change));
}
