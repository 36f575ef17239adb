import { texts } from '../texts.ts';
import { Badge } from '../ui/badge.tsx';

/** How an agent is, in a word. */
export function StateWord({ state }: { state: string }) {
  const kind = state === 'connected' ? 'good' : state === 'failed' || state === 'closed' ? 'bad' : 'warn';
  return <Badge kind={kind}>{texts.state.words[state]?.[0] ?? state}</Badge>;
}
