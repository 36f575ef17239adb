import { createConnection } from 'node:net';
import { isBlockedPort } from '@xmtp-messaging/errors/network';
import type { SeenServer } from '../servers/read-status.ts';
import { fail, type Finding, ok, warn } from './types.ts';

/** The port, whoever has it, and what the server says of itself. */
export async function checkServer(seen: SeenServer): Promise<Finding[]> {
  const { server, status, why } = seen;
  const { port, hostname } = new URL(server.url);
  const number = Number(port || '80');
  if (isBlockedPort(number))
    return [
      fail(
        'port',
        `Port ${number} is one that web clients refuse to call, fetch among them.`,
        'Choose another: PORT, or xmtp.port in the team file.',
      ),
    ];
  if (status === null && why === 'NOT_RUNNING' && !(await answers(hostname, number)))
    return [ok('port', `Port ${number} is free; the server is not running.`)];
  if (status === null && why === 'UNAUTHORIZED')
    return [warn('port', `The server at port ${number} wants a token.`, 'Set XMTP_OPERATOR_TOKEN or XMTP_API_TOKEN.')];
  if (status === null)
    return [
      fail(
        'port',
        `Something else has port ${number} (${why ?? 'unknown'}).`,
        'End it, or give the agent another port.',
      ),
    ];
  return [ok('port', `The server answers at port ${number}.`), ...checkStatus(status), ...checkBudget(status)];
}

function checkStatus({ connected, state, reason, warnings }: NonNullable<SeenServer['status']>): Finding[] {
  const state_ = connected
    ? ok('server', 'The mailbox is connected.')
    : fail(
        'server',
        `The mailbox is ${state}. ${reason?.message ?? ''}`.trim(),
        reason?.hint || 'Wait a moment, and look again.',
      );
  // What is found out by itself here is not told twice.
  const others = warnings.filter(
    ({ code }) =>
      ![
        'PASSPHRASE_EMPTY',
        'INSTALLATIONS',
        'IDENTITY_UPDATES',
        'ALLOWLIST_UNREADABLE',
        'DENYLIST_UNREADABLE',
      ].includes(code),
  );
  return [state_, ...others.map(({ code, message, hint }) => warn(`server:${code}`, message, hint))];
}

/** Of ten installations and 256 identity updates, which can never be won back. */
export function checkBudget({
  installations,
  identityUpdates,
}: Pick<NonNullable<SeenServer['status']>, 'installations' | 'identityUpdates'>): Finding[] {
  return [
    judge(
      'installations',
      installations,
      2,
      'Revoke those that are gone; at the limit the agent could not be set up anew.',
    ),
    judge(
      'identity-updates',
      identityUpdates,
      56,
      'Keep the home folder, so that no further installation is registered.',
    ),
  ].flatMap((finding) => finding ?? []);
}

function judge(
  check: string,
  budget: { used: number; limit: number } | null,
  reserve: number,
  next: string,
): Finding | null {
  if (budget === null) return null;
  const { used, limit } = budget;
  const words = `${used} of ${limit} ${check.replace('-', ' ')} are used.`;
  if (used >= limit) return fail(check, words, next);
  return used >= limit - reserve ? warn(check, words, next) : ok(check, words);
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout: 2000 });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
}
