import { readUploadTarget, type UploadOptions } from '@xmtp-messaging/agent';
import { quoteInput } from '@xmtp-messaging/errors';
import { checkTarget } from '@xmtp-messaging/errors/network';
import { parseTokens } from '../callers/parse-tokens.ts';
import { privateSetting } from '../delivery/create-request-sender.ts';
import type { ServerConfig } from './types.ts';

/** Whether only this machine can reach the address. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}

const uploadVariables: Partial<Record<keyof UploadOptions, string>> = {
  url: 'XMTP_UPLOAD_URL',
  publicUrl: 'XMTP_UPLOAD_PUBLIC_URL',
  headers: 'XMTP_UPLOAD_HEADERS',
};

/** Where others can reach the port, no token may be one that can be guessed. */
export function checkStrength(host: string, tokens: Readonly<Record<string, string | undefined>>): string[] {
  if (isLoopbackHost(host)) return [];
  const weak = Object.entries(tokens).filter(([, lines]) => parseTokens(lines ?? '').tokens.some((each) => each.weak));
  return weak.map(
    ([name]) =>
      `${name} can be guessed, and others can reach HOST, expected something like the output of \`openssl rand -hex 32\`.`,
  );
}

/** Rules that span several settings: one sentence for each that is broken. */
export function checkConfig(config: ServerConfig): string[] {
  const problems: string[] = [];
  const { host = '127.0.0.1', token, operatorToken } = config.http;
  const [agents, operators] = [token, operatorToken].map((lines) => parseTokens(lines ?? '').tokens);
  if (!isLoopbackHost(host) && token === undefined) {
    problems.push(
      `HOST is ${quoteInput(host)}, which others can reach, expected XMTP_API_TOKEN or XMTP_API_TOKEN_FILE to be set as well.`,
    );
  }
  problems.push(...checkStrength(host, { XMTP_API_TOKEN: token, XMTP_OPERATOR_TOKEN: operatorToken }));
  if (agents?.some(({ digest }) => operators?.some((other) => other.digest.equals(digest))) === true)
    problems.push(
      'XMTP_API_TOKEN holds a token of XMTP_OPERATOR_TOKEN, expected none: it would make the agent the operator.',
    );
  const { target, allowPrivate = false } = config.delivery ?? {};
  if (target !== undefined && target.kind !== 'exec') {
    const variable = target.kind === 'webhook' ? 'XMTP_WEBHOOK_URL' : 'XMTP_AGENT_URL';
    const verdict = checkTarget(new URL(target.url), { allowPrivate, privateSetting });
    if (!verdict.ok) problems.push(`${variable} ${verdict.problem}`);
  }
  if (config.knockWebhook !== undefined) {
    const verdict = checkTarget(new URL(config.knockWebhook.url), { allowPrivate, privateSetting });
    if (!verdict.ok) problems.push(`XMTP_KNOCK_WEBHOOK_URL ${verdict.problem}`);
    const ofAgent = target?.kind === 'webhook' ? target.secrets : [];
    if (config.knockWebhook.secrets.some((secret) => ofAgent.includes(secret)))
      problems.push(
        'XMTP_KNOCK_WEBHOOK_SECRET holds a secret of XMTP_WEBHOOK_SECRET, expected none: the agent could forge what the operator is told.',
      );
  }
  const read = config.uploads === undefined ? null : readUploadTarget(config.uploads);
  if (read?.ok === false)
    problems.push(...read.problems.map(([option, problem]) => `${uploadVariables[option]} ${problem}`));
  return problems;
}
