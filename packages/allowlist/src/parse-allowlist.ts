import { quoteInput } from '@xmtp-messaging/errors';
import { nameKey } from '@xmtp-messaging/errors/name';
import { toChecksumAddress } from '@xmtp-messaging/errors/address';
import { checkAddress } from './check-address.ts';
import { checkListedName } from './check-name.ts';
import { contentError, positionAt, type Row, type Rows } from './rows.ts';
import { scanLines } from './scan-lines.ts';
import type { AllowlistEntry } from './types.ts';

/** One listed sender. */
export interface ListedSender {
  lower: string;
  /** As shown: an ENS name in its normal form. The file's own spelling is in `row`. */
  name: string | null;
  row: Row;
  /** Made by `entryOf` on demand: a checksum costs more than the rest of a line. */
  entry: AllowlistEntry | null;
}

/** A file's content, checked. */
export interface ParsedAllowlist {
  text: string;
  layout: Rows['layout'];
  /** In file order, by lower-case address. */
  byAddress: ReadonlyMap<string, ListedSender>;
  byName: ReadonlyMap<string, ListedSender>;
}

// A YAML document takes up to 400 times the memory of its text, and seconds of a processor for each MiB.
const maxDocumentLength = 1024 * 1024;
const tooLargeForYaml = 'This line is not in the plain form, and YAML in any other form is read up to 1 MiB only.';

/**
 * Reads and checks a whole allowlist. The YAML library is loaded only for a text that is not in the plain form.
 * @throws AllowlistError with line and column of the first fault.
 */
export async function parseAllowlist(text: string): Promise<ParsedAllowlist> {
  const scan = scanLines(text);
  if (scan.plain) return checkRows(text, scan);
  if (text.length > maxDocumentLength) throw contentError('ALLOWLIST_TOO_LARGE', tooLargeForYaml, text, scan.offset);
  const { readDocument } = await import('./read-document.ts');
  return checkRows(text, readDocument(text));
}

/** Checks each value, and that no address or name stands twice. */
export function checkRows(text: string, { rows, layout }: Rows): ParsedAllowlist {
  const byAddress = new Map<string, ListedSender>();
  const byName = new Map<string, ListedSender>();
  for (const row of rows) {
    const address = checkAddress(row.address.text);
    if (!address.ok) throw contentError(address.code, address.message, text, row.address.offset);
    const { lower } = address;
    const twin = byAddress.get(lower);
    if (twin) {
      const { line } = positionAt(text, twin.row.address.offset);
      throw contentError('DUPLICATE_ADDRESS', `${lower} is already on line ${line}.`, text, row.address.offset);
    }
    const named = row.name?.text ? checkListedName(row.name.text) : null;
    if (named?.ok === false) throw contentError(named.code, named.message, text, row.name!.offset);
    const name = named?.name ?? null;
    const sender: ListedSender = {
      lower,
      name,
      row,
      entry: address.checksummed ? { address: row.address.text as `0x${string}`, name } : null,
    };
    byAddress.set(lower, sender);
    if (row.name === null || name === null) continue;
    const key = nameKey(name);
    const namesake = byName.get(key);
    if (namesake) {
      const { line } = positionAt(text, namesake.row.address.offset);
      const message = `The name ${quoteInput(row.name.text)} already belongs to the entry on line ${line}.`;
      throw contentError('DUPLICATE_NAME', message, text, row.name.offset);
    }
    byName.set(key, sender);
  }
  return { text, layout, byAddress, byName };
}

/** The entry as users of the package see it. */
export function entryOf(sender: ListedSender): AllowlistEntry {
  return (sender.entry ??= { address: toChecksumAddress(sender.lower), name: sender.name });
}
