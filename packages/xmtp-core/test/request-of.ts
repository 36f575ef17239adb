import { encodeText } from '../src/content/encode-text.ts';
import type { Address, SendRequest } from '../src/index.ts';

/** What is sent under a key: text, a reply, and content with parameters of its own, in turns. */
export function requestOf(key: string, to: Address): SendRequest {
  const text = `text of ${key}`;
  const request = { to: { address: to }, idempotencyKey: key };
  if (key.endsWith('1')) return { ...request, text, replyTo: 'ab'.repeat(32) };
  if (!key.endsWith('2')) return { ...request, text };
  const parameters = { encoding: 'UTF-8', z: 'last', a: 'first' };
  return { ...request, content: { ...encodeText(text), parameters, fallback: '' } };
}
