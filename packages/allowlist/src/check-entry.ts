import type { Refusal } from './check-address.ts';
import { AllowlistError } from './errors.ts';
import { checkName } from './check-name.ts';
import type { ListKind } from './list-kinds.ts';
import type { ListEntry } from './list-entry.ts';

/** An entry as `add` may write it. @throws AllowlistError INVALID_ADDRESS, BAD_CHECKSUM, ZERO_ADDRESS, INVALID_GROUP, INVALID_NAME. */
export function checkEntry(id: string, name: string | null, kind: ListKind): ListEntry {
  const checked = kind.check(id);
  if (!checked.ok) throw refused(checked);
  return { id: kind.show(checked.lower), name: name === null ? null : checkedName(name) };
}

/** A name as `add` and `rename` may write it. @throws AllowlistError INVALID_NAME. */
export function checkedName(text: string): string {
  const checked = checkName(text);
  if (!checked.ok) throw refused(checked);
  return checked.name;
}

function refused({ code, message }: Refusal): AllowlistError {
  return new AllowlistError({ code, shortMessage: message });
}
