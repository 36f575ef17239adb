import { isBaseError } from '@xmtp-messaging/errors';
import { describeHome } from '@xmtp-messaging/xmtp-core';
import { fail, type Finding, ok } from './types.ts';

const nexts = {
  STALE_COPY:
    'Put the newer home in its place, or move this one away to start as a further installation; its lists may be copied into the new one.',
  MOVED: 'Start the agent where its home is now; what is left here may be removed.',
};

/** Whether a home may still be used: one that was moved away, or whose database is an older copy, never again. */
export function checkHomeEnd(home: string): Finding {
  try {
    const ended = describeHome(home)?.ended ?? null;
    if (ended === null) return ok('home', 'The home may be used.');
    return fail('home', ended.message, nexts[ended.code]);
  } catch (error) {
    if (!isBaseError(error)) throw error;
    return fail('home', error.shortMessage, error.metaMessages.join(' ') || 'Mend it.');
  }
}
