import { type Member, toMemberKey } from './member.ts';

/** Who speaks for an inbox after a prefix of its log. Plain data, so that it can be stored. */
export interface AssociationState {
  readonly inboxId: string;
  readonly recovery: Member;
  readonly recoveryChainId: number | null;
  /** By member key. */
  readonly members: Readonly<Record<string, AssociatedMember>>;
  /** Replay keys of every signature that was applied. */
  readonly seen: readonly string[];
}

export interface AssociatedMember extends Member {
  /** Member key of the one who signed for it; `null` for the first member. */
  readonly addedBy: string | null;
  readonly chainId: number | null;
}

/** Members of `next` that `previous` had not, and the reverse. */
export function diffMembers(
  previous: AssociationState | null,
  next: AssociationState,
): { added: Member[]; removed: Member[] } {
  const before = previous?.members ?? {};
  return {
    added: Object.values(next.members).filter((member) => !(toMemberKey(member) in before)),
    removed: Object.values(before).filter((member) => !(toMemberKey(member) in next.members)),
  };
}
