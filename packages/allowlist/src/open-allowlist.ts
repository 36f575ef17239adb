import { listKinds } from './list-kinds.ts';
import { openList } from './open-list.ts';
import type { ListEntry } from './list-entry.ts';
import type { Allowlist, AllowlistEntry, AllowlistOptions } from './types.ts';

/** Kept with the entry that it is made of: long lists are walked often. */
const shownAs = new WeakMap<ListEntry, AllowlistEntry>();

function entryOf(listed: ListEntry): AllowlistEntry {
  const known = shownAs.get(listed);
  if (known !== undefined) return known;
  const entry: AllowlistEntry = { address: listed.id as `0x${string}`, name: listed.name };
  shownAs.set(listed, entry);
  return entry;
}

/**
 * Opens the list of those who may write to an agent. A file in doubt does not make this throw: the list is then `unreadable`, nobody
 * is on it, the file is left alone, and `status()` says why.
 * @throws AllowlistError INVALID_OPTION
 */
export async function openAllowlist(options: AllowlistOptions): Promise<Allowlist> {
  const { find, entries, add, rename, remove, ...list } = await openList(options, listKinds.address);
  const orNull = (listed: ListEntry | null) => listed && entryOf(listed);
  return {
    ...list,
    find: (addressOrName) => orNull(find(addressOrName)),
    entries: (range) => entries(range).map(entryOf),
    async add({ address, name }, edit) {
      const { added, entry } = await add({ id: address, name }, edit);
      return { added, entry: entryOf(entry) };
    },
    rename: async (addressOrName, name, edit) => orNull(await rename(addressOrName, name, edit)),
    remove: async (addressOrName, edit) => orNull(await remove(addressOrName, edit)),
  };
}
