import { quoteInput } from '@xmtp-messaging/errors';
import type { MailboxStatus } from '@xmtp-messaging/xmtp-core';
import type { Services } from './services.ts';

/** What an operator should not overlook. */
export interface Warning {
  /** Stable, for programs. */
  code: string;
  /** One sentence: what is the matter. */
  message: string;
  /** What to do. */
  hint: string;
}

const longPendingMs = 900_000;
const longUnsettledMs = 60_000;
/** What is settled is told for a while. */
const toldForMs = 3_600_000;
const littleSpace = 256 * 1024 * 1024;

/** Everything that is the matter now, the most pressing first. */
export function findWarnings(services: Services): Warning[] {
  const mailbox = services.runtime.mailbox()?.status();
  return [
    ...ofDisk(services),
    ...ofLists(services),
    ...(mailbox === undefined ? [] : [...ofMailbox(mailbox), ...ofMessages(mailbox, services)]),
    ...ofDelivery(services),
    ...ofSettings(services),
  ];
}

function ofDisk({ disk }: Services): Warning[] {
  const space = disk();
  if (space === null || space.free >= Math.min(littleSpace, space.total / 20)) return [];
  return [
    {
      code: 'DISK_NEARLY_FULL',
      message: `The disk of the home folder has ${Math.floor(space.free / 1_048_576)} MB left.`,
      hint: 'Make room: on a full disk nothing can be sent or received.',
    },
  ];
}

function ofLists({ runtime, groups }: Services): Warning[] {
  const home = runtime.home();
  const lists = [
    { list: home?.allowlist, name: 'allowlist', code: 'ALLOWLIST_UNREADABLE', who: 'nobody on it' },
    { list: home?.denylist, name: 'denylist', code: 'DENYLIST_UNREADABLE', who: 'nobody' },
    ...(groups === 'listed-groups'
      ? [{ list: home?.grouplist, name: 'grouplist', code: 'GROUPLIST_UNREADABLE', who: 'in groups nobody' }]
      : []),
  ];
  const unreadable = lists
    .filter(({ list }) => list?.status().state === 'unreadable')
    .map(({ name, code, who }) => ({
      code,
      message: `The ${name} cannot be read: ${who} is heard until the file is mended.`,
      hint: `The fault and its line stand under "${name}" here.`,
    }));
  const moved = (home?.drift.drifts() ?? []).map((drift) => ({
    code: 'NAME_MOVED',
    message: `The name ${drift.name} of the allowlist now leads to ${drift.resolvedAddress}; the listed address ${drift.address} stays in force.`,
    hint: 'Ask that person in another way. If the new address is theirs, remove the entry and add it again.',
  }));
  return [...unreadable, ...moved];
}

function ofMailbox({ identityUpdates, installations, losses, budget, bell }: MailboxStatus): Warning[] {
  const found: Warning[] = losses.map(({ code, message }) => ({
    code,
    message,
    hint: 'Keep the home folder on a disk that lasts, and never put an old copy of it back.',
  }));
  if (budget.silentUntil !== null)
    found.push({
      code: 'RATE_LIMITED',
      message: `As many calls as the network takes were made: none is made before ${new Date(budget.silentUntil).toISOString()}.`,
      hint: 'It passes by itself. All servers behind one address share the limit of the network: run fewer of them, or send less.',
    });
  else if (isLow(budget.reads) || isLow(budget.writes))
    found.push({
      code: 'NETWORK_BUDGET_LOW',
      message: 'Few calls to the network are left; when they are used up, there is a pause of about a minute.',
      hint: 'Send less at once. What is left stands under "budget" here.',
    });
  if (bell.enabled && !bell.up && bell.reason !== null)
    found.push({
      code: 'BELL_DOWN',
      message: `The subscription for new messages is down: ${quoteInput(bell.reason)}.`,
      hint: 'Messages still come, up to some seconds later; it is opened again by itself.',
    });
  if (identityUpdates.warning)
    found.push({
      code: 'IDENTITY_UPDATES',
      message: `The inbox has used ${identityUpdates.used} of ${identityUpdates.limit} identity updates, which can never be won back.`,
      hint: 'Keep the home folder, so that no further installation is registered.',
    });
  if (installations.used >= installations.limit - 2)
    found.push({
      code: 'INSTALLATIONS',
      message: `The inbox has ${installations.used} of ${installations.limit} installations.`,
      hint: 'Revoke those that are gone; at the limit this agent could not be set up anew.',
    });
  return found;
}

function isLow(budget: MailboxStatus['budget']['reads']): boolean {
  return budget !== null && budget.left < budget.limit / 5;
}

const whyWaiting: Readonly<Record<string, string>> = {
  'allowlist-unreadable': 'the allowlist cannot be read',
  'denylist-unreadable': 'the denylist cannot be read',
  'grouplist-unreadable': 'the list of groups cannot be read',
  'sender-unknown': 'the network does not say who their senders are',
};

function ofMessages({ inbox, outbox }: MailboxStatus, { now, delivery }: Services): Warning[] {
  const found: Warning[] = [];
  if (inbox.dead > 0)
    found.push({
      code: 'DEAD_LETTERS',
      message: `${count(inbox.dead, 'message')} could not be delivered to the agent.`,
      hint: 'GET /xmtp/dead says why. Then POST /xmtp/dead/{id}/replay, or POST /xmtp/dead/replay for all; DELETE /xmtp/dead/{id} gives one up.',
    });
  for (const { reason, count: number, since } of inbox.waiting)
    found.push({
      code: 'UNDECIDED',
      message: `${count(number, 'received message')} can be neither heard nor dropped since ${new Date(since).toISOString()}: ${whyWaiting[reason] ?? reason}.`,
      hint: 'They wait. Once the reason ends they are decided on by themselves.',
    });
  const age = inbox.oldestPendingAt === null ? 0 : now() - inbox.oldestPendingAt;
  if (inbox.pending > 0 && age > longPendingMs)
    found.push({
      code: 'PENDING_OLD',
      message: `The agent has ${count(inbox.pending, 'message')} to take; the oldest waits for ${Math.floor(age / 60_000)} minutes.`,
      hint:
        delivery() === null
          ? 'Read GET /xmtp/messages?state=pending, and POST /xmtp/messages/{id}/ack for each.'
          : 'See "delivery" here for the last error; POST /xmtp/messages/{id}/ack lets the next one pass.',
    });
  const stuck = outbox.oldestUnsettledMs;
  if (stuck !== null && stuck > longUnsettledMs)
    found.push({
      code: 'SENDS_STUCK',
      message: `${count(outbox.unsettled, 'send')} could not be published yet; the oldest for ${Math.floor(stuck / 60_000)} minutes.`,
      hint: 'It is tried until it succeeds. See "lastError" and "reason" here; the network or the conversation is at fault.',
    });
  return found;
}

function ofDelivery({ delivery, loopGuard, now }: Services): Warning[] {
  const found: Warning[] = [];
  const state = delivery();
  if (state?.state === 'disabled')
    found.push({
      code: 'DELIVERY_DISABLED',
      message: 'Delivery is disabled: the agent answered 410 Gone.',
      hint: 'Messages wait. Correct the agent or its URL, then POST /xmtp/delivery/retry.',
    });
  if ((state?.failing ?? 0) > 0)
    found.push({
      code: 'DELIVERY_FAILING',
      message: `The agent did not take messages of ${count(state?.failing ?? 0, 'conversation')}; the last error was: ${state?.lastError?.message ?? 'unknown'}.`,
      hint: 'They are tried again by themselves. Once the agent is well, POST /xmtp/delivery/retry tries them now.',
    });
  const waiting = Math.max(state?.heldBack ?? 0, loopGuard.state().waiting);
  if (waiting > 0)
    found.push({
      code: 'REPLIES_HELD_BACK',
      message: `${count(waiting, 'conversation')} had more automatic replies than XMTP_REPLY_LIMIT allows; further messages there wait.`,
      hint: 'They are delivered as time passes, or now by POST /xmtp/delivery/retry. If two agents keep each other busy, remove one from the allowlist.',
    });
  const { heldBack = 0, lastAt = null } = state?.mixedGroups ?? {};
  if (lastAt !== null && now() - lastAt < toldForMs)
    found.push({
      code: 'MIXED_GROUP_ANSWERS_HELD_BACK',
      message: `${count(heldBack, 'automatic answer')} since the start did not go into groups where somebody reads who may not be heard; the last at ${new Date(lastAt).toISOString()}.`,
      hint: 'They are settled. Put the others of the group on the allowlist, answer by POST /xmtp/messages/{id}/reply, or set XMTP_MIXED_GROUP_ANSWERS=true.',
    });
  return found;
}

function ofSettings({ mode, settings }: Services): Warning[] {
  const found: Warning[] = settings.unknownVariables.slice(0, 20).map(({ name, meant }) => ({
    code: 'VARIABLE_UNKNOWN',
    message: `The variable ${quoteInput(name)} is set, and nobody reads it.`,
    hint: meant === null ? 'The README lists those that are read.' : `Set ${meant}, if that was meant.`,
  }));
  if (settings.proxyWithoutToken())
    found.push({
      code: 'PROXY_WITHOUT_TOKEN',
      message: 'Requests through a reverse proxy were refused, because this server has no token.',
      hint: 'Set XMTP_API_TOKEN and have callers send it; else everybody who reaches the proxy could use the mailbox.',
    });
  if (settings.weakToken)
    found.push({
      code: 'TOKEN_WEAK',
      message: 'The token can be guessed.',
      hint: 'Set XMTP_API_TOKEN to something like the output of `openssl rand -hex 32`.',
    });
  if (settings.passphraseEmpty())
    found.push({
      code: 'PASSPHRASE_EMPTY',
      message: 'The wallet opens without a passphrase: whoever can read its file has the key.',
      hint: 'Make a wallet with a passphrase, or use an ows_key_ token, and set OWS_PASSPHRASE_FILE.',
    });
  if (mode === 'open')
    found.push({
      code: 'OPEN_MODE',
      message: 'Open mode: anyone who is not on the denylist is heard.',
      hint: 'Unset XMTP_OPEN_MODE to hear the allowlist only.',
    });
  return found;
}

function count(number: number, noun: string): string {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}
