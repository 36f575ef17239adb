import type { GroupPolicy, Lists } from '../types.ts';
import type { ListedState, StandingState } from './create-standing-book.ts';

/** What is asked for the lists. */
export interface ListsOfNow {
  /** `null` in doubt: nothing is compared then. */
  lists: (() => Lists | null) | undefined;
  groupPolicy?: (() => GroupPolicy | null) | undefined;
  refused?: (() => Iterable<string>) | undefined;
}

/** What they said at one moment; groups are `null` in doubt. */
export interface ReadLists {
  people: ListedState;
  groups: ListedState | null;
  /** When they were read. */
  now: number;
}

/** Reads the lists without walking through them. */
export function readLists(
  { lists, groupPolicy, refused = () => [] }: ListsOfNow,
  times: { now: number; at: number; oldest: number },
): ReadLists | null {
  const [said, policy] = [lists?.() ?? null, groupPolicy?.() ?? null];
  if (said === null) return null;
  return {
    people: peopleOf(said, times),
    groups: policy === null ? null : groupsOf(policy, new Set(refused()), times),
    now: times.now,
  };
}

type Times = Pick<ListedState, 'at' | 'oldest'>;

function peopleOf({ mode, listed, denied }: Lists, { at, oldest }: Times): ListedState {
  const restState: StandingState = mode === 'open' ? 'heard' : 'unlisted';
  const stateOf = (address: string): StandingState =>
    denied.has(address) ? 'denied' : listed.has(address) ? 'heard' : restState;
  return { names: [listed, denied], stateOf, restState, at, oldest };
}

function groupsOf(policy: GroupPolicy, denied: ReadonlySet<string>, { at, oldest }: Times): ListedState {
  const [heard, { mode }] = [policy.listed(), policy];
  const restState: StandingState = mode === 'listed-senders' ? 'heard' : 'unlisted';
  const listedState: StandingState = mode === 'off' ? 'unlisted' : 'heard';
  const stateOf = (id: string): StandingState => (denied.has(id) ? 'denied' : heard.has(id) ? listedState : restState);
  return { names: [heard, denied], stateOf, restState, at, oldest };
}
