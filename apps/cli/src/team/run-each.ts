import { readStatus } from '../servers/read-status.ts';
import { openLog } from './open-log.ts';
import type { TeamRun, TeamServers } from './types.ts';
import { serverProgram } from './server-program.ts';
import { superviseServer } from './supervise-server.ts';

/** A server process for each agent. */
export function runEach({ members, paths, agents, onLine, changed }: TeamRun): TeamServers {
  // All of them before the first server: one that cannot be opened must leave none running.
  const logs = members.map(({ name }) => openLog(paths.log(name)));
  const servers = members.map((member, index) => {
    const log = logs[index]!;
    const server = superviseServer({
      command: serverProgram(),
      env: member.env,
      cwd: paths.folder,
      onLine: (line) => {
        log.line(line);
        onLine(member.name, line);
      },
      onChange: (state) => {
        const agent = agents[index]!;
        agents[index] = { ...agent, status: null, process: { ...agent.process, ...state } };
        changed();
      },
    });
    return { server, log };
  });
  return {
    async look() {
      await Promise.all(
        agents.map(async ({ server, process: { pid } }, index) => {
          const seen = pid === null ? null : await readStatus(server);
          if (seen !== null && agents[index]!.process.pid === pid) agents[index] = { ...agents[index]!, ...seen };
        }),
      );
    },
    async stop(options) {
      await Promise.all(
        servers.map(async ({ server, log }) => {
          await server.stop(options);
          log.close();
        }),
      );
    },
  };
}
