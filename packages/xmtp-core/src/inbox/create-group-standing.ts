import type { GroupPolicy } from '../types.ts';

/** What is decided of a group before anybody looks at who is in it. */
export type GroupStanding =
  /** The operator listed it: it is listened to, whoever is in it. */
  | 'listed'
  /** Its members decide. */
  | 'open'
  /** Nobody is heard in it. */
  | 'group-not-listed'
  | 'groups-off';

/** By the policy of this moment; in doubt a group is open, for nobody is heard for it alone. */
export function createGroupStanding(
  policy: (() => GroupPolicy | null) | undefined,
): (groupId: string) => GroupStanding {
  return (groupId) => {
    const now = policy?.() ?? null;
    if (now === null) return 'open';
    if (now.mode === 'off') return 'groups-off';
    if (now.isListed(groupId)) return 'listed';
    return now.mode === 'listed-groups' ? 'group-not-listed' : 'open';
  };
}

export const isClosed = (standing: GroupStanding): standing is 'group-not-listed' | 'groups-off' =>
  standing === 'group-not-listed' || standing === 'groups-off';
