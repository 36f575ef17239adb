import { type PlaceWatch, watchPlace } from '@xmtp-messaging/errors/files';
import { fromFileError, type MailboxError } from '../errors.ts';
import type { MailboxEvent } from '../types.ts';
import type { HomePaths } from './open-home.ts';

/** Whether an open home is still the one that stands at its path. */
export interface HomePlace {
  /** Why it is not: PATH_MOVED, or what the operating system said. `null` when it is. */
  displaced: () => MailboxError | null;
  /** To be called before anything is asked of the SDK, and before anything is committed. @throws MailboxError that of `displaced` */
  require: () => void;
  /** A file of it was opened, too. */
  opened: (path: string) => void;
}

/**
 * Watches a home that is held. Once it was moved, removed or replaced, nothing that came would be found again, and another process may
 * open what stands there, as this same installation: so nothing is done until it is back. The lock goes with the file, so it holds
 * wherever that was moved.
 * @param onEvent Told when it is found displaced, and when it is back.
 */
export function watchHome({ root, lock }: HomePaths, onEvent: (event: MailboxEvent) => void): HomePlace {
  const place = trying(root, () => watchPlace(root, lock));
  let wasDisplaced = false;
  const displaced = () => {
    const found = place.look();
    if ((found !== null) !== wasDisplaced) {
      wasDisplaced = found !== null;
      if (found === null) onEvent({ level: 'info', name: 'home-back', details: {} });
      else onEvent({ level: 'error', name: 'home-moved', details: { code: found.code, path: found.path } });
    }
    return found === null ? null : fromFileError(root, found);
  };
  return {
    displaced,
    require() {
      const found = displaced();
      if (found !== null) throw found;
    },
    opened: (path) => trying(path, () => place.add(path)),
  };
}

function trying<T extends PlaceWatch | void>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw fromFileError(path, error);
  }
}
