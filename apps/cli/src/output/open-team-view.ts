import { parseJson, printable } from '@xmtp-messaging/errors';
import { createLogFormatter } from '@xmtp-messaging/server/log-format';
import { createLogUpdate } from 'log-update';
import type { RunningAgent } from '../team/types.ts';
import type { Terminal } from '../terminal.ts';
import { hasColour, type Printer } from './create-printer.ts';
import { formatStatus, stateOf } from './format-status.ts';

/** More would push what is said off the screen. */
const maxLive = 20;

/** What a team that runs in front of somebody shows. */
export interface TeamView {
  onLine: (name: string, line: string) => void;
  onChange: (agents: readonly RunningAgent[]) => void;
  close: () => void;
}

/** On a terminal: logs with their agent before them, and below them a table that stays. Elsewhere: lines, or JSON records. */
export function openTeamView(terminal: Terminal, print: Printer): TeamView {
  const { stdout, env } = terminal;
  const format = createLogFormatter({ colour: hasColour(stdout, env) });
  const isLive = stdout.isTTY && !print.json;
  const update = isLive ? createLogUpdate(process.stdout) : null;
  const told = new Map<string, string>();
  let table = '';
  let width = 0;
  return {
    onLine(name, line) {
      if (print.json) {
        const said = parseJson(line);
        print.record({ agent: name, ...(typeof said === 'object' && said !== null ? said : { line }) });
        return;
      }
      width = Math.max(width, name.length);
      update?.clear();
      print.line(`${print.style('cyan', name.padEnd(width))}  ${format(line)}`);
      update?.(table);
    },
    onChange(agents) {
      table = `\n${liveTable(agents, print)}\n`;
      update?.(table);
      for (const agent of agents) {
        const state = stateOf(agent);
        if (told.get(agent.server.name) === state) continue;
        told.set(agent.server.name, state);
        const { name, address, port, restarts } = agent.process;
        print.record({ agent: name, event: 'agent-state', state, address, port, restarts });
        if (!isLive) print.line(`${printable(name)}: ${state} (${address}, port ${port})`);
      }
    },
    close: () => update?.done(),
  };
}

/** All of a team; of a large one how many stand how, and who is not connected. */
function liveTable(agents: readonly RunningAgent[], print: Printer): string {
  if (agents.length <= maxLive) return formatStatus(agents, print);
  const states = Map.groupBy(agents, stateOf);
  const counts = Array.from(states, ([state, those]) => `${those.length} ${state}`).join(', ');
  const others = agents.filter((agent) => stateOf(agent) !== 'connected');
  const head = `${agents.length} agents: ${counts}`;
  return others.length === 0 ? head : `${formatStatus(others.slice(0, maxLive), print)}\n${head}`;
}
