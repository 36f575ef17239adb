import { checkAddress, toChecksumAddress } from './address.ts';
import { checkName, nameKey } from './name.ts';
import { readDocument } from './read-document.ts';
import { contentError, positionAt, type Row, type Rows } from './rows.ts';
import { scanLines } from './scan-lines.ts';
import type { AllowlistEntry } from './types.ts';

/** One listed sender. `entry()` is computed on demand: a checksum costs more than the rest of a line. */
export interface ListedSender {
  lower: string;
  name: string | null;
  row: Row;
  entry(): AllowlistEntry;
}

/** A file's content, checked. */
export interface ParsedAllowlist {
  text: string;
  layout: Rows['layout'];
  /** In file order, by lower-case address. */
  byAddress: ReadonlyMap<string, ListedSender>;
  byName: ReadonlyMap<string, ListedSender>;
}

/** Reads and checks a whole allowlist. @throws AllowlistError with line and column of the first fault. */
export function parseAllowlist(text: string): ParsedAllowlist {
  return checkRows(text, scanLines(text) ?? readDocument(text));
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
    const sender = createSender(row, lower, address.mixed ? row.address.text : null);
    byAddress.set(lower, sender);
    if (row.name === null || sender.name === null) continue;
    const name = checkName(sender.name);
    if (!name.ok) throw contentError(name.code, name.message, text, row.name.offset);
    const namesake = byName.get(nameKey(sender.name));
    if (namesake) {
      const { line } = positionAt(text, namesake.row.address.offset);
      const message = `The name ${JSON.stringify(sender.name)} already belongs to the entry on line ${line}.`;
      throw contentError('DUPLICATE_NAME', message, text, row.name.offset);
    }
    byName.set(nameKey(sender.name), sender);
  }
  return { text, layout, byAddress, byName };
}

function createSender(row: Row, lower: string, checksummed: string | null): ListedSender {
  const name = row.name === null || row.name.text === '' ? null : row.name.text;
  let entry: AllowlistEntry | null = null;
  return {
    lower,
    name,
    row,
    entry: () => (entry ??= { address: checksummed ?? toChecksumAddress(lower), name }),
  };
}
