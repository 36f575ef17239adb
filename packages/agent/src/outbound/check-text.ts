import { maxTextBytes } from '@xmtp-messaging/xmtp-core';
import { AgentError } from '../errors.ts';
import type { Scrub } from './create-scrub.ts';

/**
 * What may be sent of a text that a model wrote.
 * @throws AgentError MESSAGE_EMPTY, MESSAGE_TOO_LARGE
 */
export function checkText(text: string, scrub: Scrub): ReturnType<Scrub> {
  if (text === '') throw new AgentError({ code: 'MESSAGE_EMPTY' });
  if (Buffer.byteLength(text) > maxTextBytes) throw new AgentError({ code: 'MESSAGE_TOO_LARGE' });
  const clean = scrub(text);
  if (clean.text.trim() !== '' || clean.text === text) return clean;
  throw new AgentError({
    code: 'MESSAGE_EMPTY',
    shortMessage: 'Nothing is left of the message after scrubbing.',
    metaMessages: [`Taken out: ${clean.scrubbed.join(', ')}. Say it in other words.`],
  });
}
