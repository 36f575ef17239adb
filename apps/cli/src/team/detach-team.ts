import { spawn } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fromSystemError } from '@xmtp-messaging/errors/files';
import { CliError } from '../errors.ts';
import { needsSomebody, type StatusRow } from '../output/format-status.ts';
import { teamRows } from './team-rows.ts';
import type { TeamPaths } from './team-folder.ts';

const limitMs = 90_000;

/**
 * Starts a team in a process of its own, and waits until each agent is connected or needs somebody. A network that is away does not
 * end it: the team stays, and goes on trying.
 * @throws CliError TEAM_STUCK: it ended
 */
export async function detachTeam({
  team,
  paths,
  shared,
}: {
  team: string;
  paths: TeamPaths;
  /** Whether one process serves all agents. */
  shared: boolean;
}): Promise<StatusRow[]> {
  const log = openUpLog(paths.upLog);
  const program = process.argv[1] ?? '';
  const args = ['up', team, '--yes', '--json', shared ? '--shared' : '--no-shared'];
  const child = spawn(process.execPath, [...process.execArgv, program, ...args], {
    cwd: paths.folder,
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      isOver = true;
      resolve();
    };
    child.once('close', end).once('error', end);
  });
  const limit = AbortSignal.timeout(limitMs);
  for (;;) {
    const rows = await teamRows(team);
    const isSettled = (row: StatusRow) => row.status?.connected === true || needsSomebody(row);
    if (isOver) throw new CliError({ code: 'TEAM_STUCK', shortMessage: `The team ended at once. See ${paths.upLog}.` });
    if (limit.aborted || (rows.length > 0 && rows.every((row) => row.process !== null && isSettled(row)))) {
      child.unref();
      return rows;
    }
    await Promise.race([delay(200), ended]);
  }
}

// Never through a link, as the logs of the servers.
function openUpLog(path: string): number {
  const { O_CREAT, O_NOFOLLOW, O_TRUNC, O_WRONLY } = constants;
  try {
    return openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
  } catch (error) {
    throw fromSystemError(path, error);
  }
}
