import type { AgentHome } from '../types.ts';
import type { AuditActor } from './audit-line-schema.ts';

type List = 'allowlist' | 'denylist' | 'grouplist';

/** Whose list is changed, which, and by whom. */
export interface ChangeListOptions {
  /** Whose lists they are, and whose audit log. */
  home: Pick<AgentHome, List | 'audit' | 'place'>;
  /** Which of them. */
  list: List;
  /** Who changes it, for the audit log. */
  by: AuditActor;
}

/**
 * Changes a list for somebody. What others wrote into the file before is read first, so that it is not theirs.
 * @throws FileError PATH_MOVED: the home is not where it was; and what `change` throws
 */
export async function changeList<T>({ home, list, by }: ChangeListOptions, change: () => Promise<T>): Promise<T> {
  const displaced = home.place.look();
  if (displaced !== null) throw displaced;
  await home[list].reload();
  return await home.audit.as(by, change);
}
