import type { Group as SdkGroup } from '@xmtp/node-sdk';
import { backoffMs, isBaseError } from '@xmtp-messaging/errors';
import { mailboxError } from '../errors.ts';
import type { GovernedCalls } from '../governor/types.ts';
import { findObstacle, type GroupDeed } from '../groups/find-obstacle.ts';
import type { GroupRole } from '../groups/group-types.ts';
import { classifySdkError, fromSdkError, isUnheardOf, sdkReason } from './classify-error.ts';
import { createPatience } from '../util/create-patience.ts';
import { pause } from '../util/pause.ts';
import { permissionsOf } from './group-facts.ts';
import type { GroupPlan, GroupStep } from './plan-group-change.ts';

/** Changes groups, each change under the governor and one at a time. */
export interface GroupChanges {
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Does what of a plan is not so already. When it resolves, all of it holds. @throws MailboxError */
  make(group: SdkGroup, plan: GroupPlan): Promise<void>;
  /** What an error of the SDK means. `deed`: what was refused. */
  explain(group: SdkGroup, error: unknown, deed?: GroupDeed): Error;
}

const changeCost = { reads: 6, writes: 2 } as const;
/** Others may have changed the group meanwhile: the SDK gives up, or has its commit refused, for that as well. */
const outrun = /GroupError::Sync\]/u;
const tries = 3;
/** For a commit of which nothing was heard yet. */
const patienceMs = 5_000;
/** The SDK's whole answer to a commit that the group's rules do not allow: the sync after it made nothing of it. */
const refusedCommit = /GroupError::Sync\]/u;

export function createGroupChanges(options: {
  calls: GovernedCalls;
  inboxId: string;
  elapsed: () => number;
  random: () => number;
}): GroupChanges {
  const { calls, inboxId, elapsed, random } = options;
  const never = new AbortController().signal;
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(() => calls.run({ class: 'send', cost: changeCost }, work));
    turn = result.catch(() => undefined);
    return result;
  };

  const roleIn = (group: SdkGroup): GroupRole => {
    if (group.isSuperAdmin(inboxId)) return 'super-admin';
    return group.isAdmin(inboxId) ? 'admin' : 'member';
  };
  const obstacleIn = (group: SdkGroup, deed: GroupDeed) =>
    findObstacle(deed, { role: roleIn(group), policies: permissionsOf(group).policies });
  const denied = (detail: string | undefined, cause?: unknown) => mailboxError('PERMISSION_DENIED', { detail, cause });

  /** Who may not, may not later either: only the network's troubles pass by themselves. */
  const explain = (group: SdkGroup, error: unknown, deed?: GroupDeed): Error => {
    if (isBaseError(error)) return error;
    if (!group.isActive) return mailboxError('NOT_A_MEMBER', { cause: error });
    const said = error instanceof Error ? error.message : '';
    if (said.includes('LeaveCantProcessed')) return denied(sdkReason(error).replace(/^\[[^\]]*\] /u, ''), error);
    if (said.includes('TooManyCharacters'))
      return mailboxError('INVALID_REQUEST', { detail: 'A title has at most 100 characters, a description 1,000.' });
    const obstacle = deed === undefined ? null : obstacleIn(group, deed);
    if (obstacle !== null) return denied(obstacle, error);
    const isRefused = classifySdkError(error) === 'SDK_FAILED' && refusedCommit.test(said);
    return isRefused && roleIn(group) !== 'super-admin' ? denied(undefined, error) : fromSdkError(error);
  };

  const startPatience = () => createPatience({ limitMs: patienceMs, elapsed, random });
  /** Brings a group up to date, and what of ours is under way there to its end. */
  const refresh = async (group: SdkGroup): Promise<void> => {
    const patience = startPatience();
    for (;;) {
      try {
        await group.sync();
        return;
      } catch (error) {
        if (!isUnheardOf(error) || !(await patience())) throw error;
      }
    }
  };
  /** A sync publishes anew what others outran, and hears of what is out already: nothing is made a second time. */
  const comesToHold = async (group: SdkGroup, step: GroupStep): Promise<boolean> => {
    const patience = startPatience();
    while (group.isActive && (await patience())) {
      await group.sync().catch(() => undefined);
      if (group.isActive && (await step.holds(group))) return true;
    }
    return false;
  };

  const take = async (group: SdkGroup, step: GroupStep): Promise<void> => {
    let failure: unknown;
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      failure = undefined;
      try {
        await step.run(group);
      } catch (error) {
        failure = error;
        // An error does not mean that it was not done, and what forbids it may be news.
        await group.sync().catch(() => undefined);
      }
      if (group.isActive && (await step.holds(group))) return;
      if (isUnheardOf(failure)) {
        if (await comesToHold(group, step)) return;
        break;
      }
      if (!group.isActive || !outrun.test(failure instanceof Error ? failure.message : '')) break;
      await pause(backoffMs(attempt, { baseMs: 100, maxMs: 1_000, random }), never);
    }
    if (failure !== undefined) throw explain(group, failure, step.deed);
    await step.undo?.(group).catch(() => undefined);
    throw mailboxError(group.isActive ? 'GROUP_CHANGED' : 'NOT_A_MEMBER');
  };

  return {
    inTurn,
    explain,
    async make(group, plan) {
      try {
        await refresh(group);
        if (!group.isActive) throw mailboxError('NOT_A_MEMBER');
        const open: GroupStep[] = [];
        for (const step of await plan(group)) if (!(await step.holds(group))) open.push(step);
        // Before the first of them: all or nothing. A refused commit would be the whole group's work.
        for (const { deed } of open) {
          const obstacle = obstacleIn(group, deed);
          if (obstacle !== null) throw denied(obstacle);
        }
        for (const [place, step] of open.entries()) {
          if (place > 0) calls.charge(changeCost);
          await take(group, step);
        }
      } catch (error) {
        throw explain(group, error);
      }
    },
  };
}
