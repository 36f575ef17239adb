import { quoteInput } from '@xmtp-messaging/errors';
import { checkTarget } from '../delivery/check-target.ts';
import { isWeakToken } from './is-weak-token.ts';
import type { ServerConfig } from './types.ts';

/** Whether only this machine can reach the address. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}

/** Rules that span several settings: one sentence for each that is broken. */
export function checkConfig(config: ServerConfig): string[] {
  const problems: string[] = [];
  const { host = '127.0.0.1', token } = config.http;
  if (!isLoopbackHost(host) && token === undefined) {
    problems.push(
      `HOST is ${quoteInput(host)}, which others can reach, expected XMTP_API_TOKEN or XMTP_API_TOKEN_FILE to be set as well.`,
    );
  }
  if (!isLoopbackHost(host) && token !== undefined && isWeakToken(token))
    problems.push(
      'XMTP_API_TOKEN can be guessed, and others can reach HOST, expected something like the output of `openssl rand -hex 32`.',
    );
  const { target, allowPrivate = false } = config.delivery ?? {};
  if (target !== undefined) {
    const variable = target.kind === 'webhook' ? 'XMTP_WEBHOOK_URL' : 'XMTP_AGENT_URL';
    const verdict = checkTarget(new URL(target.url), { allowPrivate });
    if (!verdict.ok) problems.push(`${variable} ${verdict.problem}`);
  }
  return problems;
}
