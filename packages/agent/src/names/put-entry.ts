import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import type { Allowlist, AllowlistEntry } from '@xmtp-messaging/allowlist';
import { nameKey } from '@xmtp-messaging/errors/name';
import type { Mailbox } from '@xmtp-messaging/xmtp-core';
import { type EntryRequest, resolveEntry, type ResolveEntryOptions } from './resolve-entry.ts';

/** What is put on a list. */
export interface PutEntryOptions extends Omit<ResolveEntryOptions, 'request' | 'entries'> {
  /** `null` takes the name or label of somebody listed away. */
  request: { address?: string | undefined; name?: string | null | undefined; label?: string | null | undefined };
  /** Address or name of the one who is meant, when the request does not hold it. */
  entry?: string | undefined;
  /** The list itself. */
  entries: Allowlist;
  /** `null` before the mailbox is open. */
  names: Mailbox['names'] | null;
}

/** What became of it. */
export interface PutEntryResult {
  /** `false`: the address was listed already. */
  added: boolean;
  /** As it stands now. */
  entry: AllowlistEntry;
  /** It was listed already, and has another name or label now. */
  renamed?: true | undefined;
  /** The other address that the name meant when it was last written to, and from when on. */
  changedSince?: { address: string; since: string } | undefined;
}

/**
 * Puts somebody on a list, or gives who is on it another name or label in its place. A name alone never replaces the
 * name or label that its address already has: whoever wants that names the address too.
 * @throws ResolveError, AgentError as `resolveEntry`; AllowlistError as `add` of an allowlist
 */
export async function putEntry(options: PutEntryOptions): Promise<PutEntryResult> {
  const { entries, names, entry: asked } = options;
  const request = asked === undefined ? options.request : about(asked, options);
  const wanted = request.name === undefined ? request.label : request.name;
  const isExplicit = request.address !== undefined && wanted !== undefined;
  const entry = await resolveEntry({ ...options, request: withoutNull(request) });
  const name = wanted === null ? null : entry.name;
  const result = await entries.add({ address: entry.address, name });
  const changed = name === null ? {} : changedSince(names, name, entry.address);
  const before = result.entry.name;
  if (result.added || before === name || !(isExplicit || before === null)) {
    return { ...result, ...changed };
  }
  const renamed = await entries.rename(entry.address, name);
  // Somebody else may have removed it in between.
  return renamed === null ? { ...result, ...changed } : { added: false, entry: renamed, renamed: true, ...changed };
}

/** The request of `PUT …/{entry}`. */
function about(asked: string, { entries, request }: PutEntryOptions): PutEntryOptions['request'] {
  const { name, label } = request;
  if (typeof asked === 'string' && /^0x/iu.test(asked)) return { address: asked, name, label };
  const listed = name === undefined && label === undefined ? null : entries.find(asked);
  return listed === null ? { name: asked, label } : { address: listed.address, name, label };
}

function withoutNull({ address, name, label }: PutEntryOptions['request']): EntryRequest {
  return { address, name: name ?? undefined, label: label ?? undefined };
}

function changedSince(names: Mailbox['names'] | null, name: string, address: string) {
  const before = names?.last(nameKey(name)) ?? null;
  if (before === null || before.address === address.toLowerCase()) return {};
  return { changedSince: { address: toChecksumAddress(before.address), since: new Date(before.since).toISOString() } };
}
