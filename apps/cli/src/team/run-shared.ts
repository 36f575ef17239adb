import { rmSync } from 'node:fs';
import { parseJson } from '@xmtp-messaging/errors';
import { writeDurablySync } from '@xmtp-messaging/errors/files';
import { readPort } from '../servers/read-port.ts';
import { readPortToken } from '../servers/read-token.ts';
import { openLog } from './open-log.ts';
import type { Member } from './prepare-team.ts';
import type { TeamRun, TeamServers } from './types.ts';
import { environmentFiles } from './server-environment.ts';
import { serverProgram } from './server-program.ts';
import { superviseServer } from './supervise-server.ts';
import type { TeamPaths } from './team-folder.ts';

/** What the lines of the process are called that are of no agent. */
export const ofAll = '*';

/** One process that serves all agents behind one port, and keeps each of them running by itself. */
export function runShared(
  { members, paths, agents, onLine, changed }: TeamRun,
  portEnv: Record<string, string>,
): TeamServers {
  const { port } = members[0]!;
  const logs = new Map(members.map(({ name }) => [name, openLog(paths.log(name))]));
  const own = openLog(paths.serverLog);
  // Paths and names; secrets stay in the files that it names.
  writeDurablySync(paths.agents, Buffer.from(agentsFile(members, paths)));
  let processRestarts = 0;
  const server = superviseServer({
    command: serverProgram(),
    env: { ...portEnv, PORT: String(port), XMTP_AGENTS_FILE: paths.agents },
    cwd: paths.folder,
    onLine: (line) => {
      const said = parseJson(line) as { agent?: unknown } | null;
      const agent = typeof said?.agent === 'string' && logs.has(said.agent) ? said.agent : null;
      (logs.get(agent ?? '') ?? own).line(line);
      onLine(agent ?? ofAll, line);
    },
    onChange: (state) => {
      processRestarts = state.restarts;
      for (const [index, agent] of agents.entries())
        agents[index] = { ...agent, status: null, process: { ...agent.process, ...state } };
      changed();
    },
  });
  return {
    async look() {
      const { pid } = server.state();
      const seen =
        pid === null ? null : await readPort({ url: `http://127.0.0.1:${port}`, token: readPortToken(portEnv) });
      if (seen === null || server.state().pid !== pid) return;
      let isNews = false;
      for (const [index, agent] of agents.entries()) {
        const view = seen.get(agent.server.name);
        if (view === undefined) continue;
        const restarts = processRestarts + view.restarts;
        isNews ||= restarts !== agent.process.restarts;
        agents[index] = { ...agent, status: view.status, why: null, process: { ...agent.process, restarts } };
      }
      if (isNews) changed();
    },
    async stop(options) {
      await server.stop(options);
      for (const log of [...logs.values(), own]) log.close();
      rmSync(paths.agents, { force: true });
    },
  };
}

function agentsFile(members: readonly Member[], paths: TeamPaths): string {
  const agents = members.map(({ name }) => ({ name, envFiles: environmentFiles(name, paths) }));
  return `${JSON.stringify({ agents })}\n`;
}
