import { findFreePort } from './find-free-port.ts';
import { type Agent, type AgentOptions, PortTakenError, startAgent } from './start-agent.ts';

/** An agent whose port is found for it. */
export interface FreePortOptions extends Omit<AgentOptions, 'port'> {
  /** Where the search begins. */
  firstPort: number;
  /** Ports of agents that this program has started; the new one's is added. */
  taken: Set<number>;
  /** Gets each process as it is started, so that it can be ended whatever comes. */
  onStart: (agent: Agent) => void;
  /** Finds the port. @default findFreePort */
  findPort?: typeof findFreePort | undefined;
}

/**
 * Starts an agent and waits until it is connected. A port that is free when it is looked for may be another
 * program's a moment later: then the next one is tried.
 */
export async function startOnFreePort(options: FreePortOptions): Promise<Agent> {
  const { firstPort, taken, onStart, findPort = findFreePort, ...rest } = options;
  for (;;) {
    rest.signal?.throwIfAborted();
    const port = await findPort(firstPort, taken);
    taken.add(port);
    const agent = startAgent({ ...rest, port, env: { ...rest.env, PORT: String(port) } });
    onStart(agent);
    try {
      await agent.ready();
      return agent;
    } catch (error) {
      if (!(error instanceof PortTakenError)) throw error;
    }
  }
}
