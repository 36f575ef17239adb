import { listKinds } from './list-kinds.ts';
import { openList } from './open-list.ts';
import type { ListEntry } from './list-entry.ts';
import type { AllowlistOptions, GroupEntry, GroupList } from './types.ts';

const entryOf = ({ id, name }: ListEntry): GroupEntry => ({ conversationId: id, name });
const orNull = (listed: ListEntry | null) => listed && entryOf(listed);

/** Opens the list of groups that an agent is in with its operator's consent. Same file rules as the allowlist: in doubt no group is on it. */
export async function openGroupList(options: AllowlistOptions): Promise<GroupList> {
  const { find, entries, add, rename, remove, ...list } = await openList(options, listKinds.group);
  return {
    ...list,
    find: (idOrName) => orNull(find(idOrName)),
    entries: (range) => entries(range).map(entryOf),
    async add({ conversationId, name }, edit) {
      const { added, entry } = await add({ id: conversationId, name }, edit);
      return { added, entry: entryOf(entry) };
    },
    rename: async (idOrName, name, edit) => orNull(await rename(idOrName, name, edit)),
    remove: async (idOrName, edit) => orNull(await remove(idOrName, edit)),
  };
}
