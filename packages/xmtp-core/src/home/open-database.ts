import { MailboxError } from '../errors.ts';

/**
 * Opens the database of a home, a second time before it is called damaged: the disk may have had no room, and got some before
 * it was looked at. What is damaged does not open a second time either.
 * @param explain Why it did not open, after a look at the disk.
 * @throws What `explain` makes of the last failure.
 */
export async function openDatabase<T>(open: () => Promise<T>, explain: (error: unknown) => unknown): Promise<T> {
  try {
    return await open();
  } catch (error) {
    const first = explain(error);
    if (!(first instanceof MailboxError) || first.code !== 'DATABASE_DAMAGED') throw first;
  }
  return await open().catch((error: unknown) => {
    throw explain(error);
  });
}
