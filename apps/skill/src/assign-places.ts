import { isBlockedPort } from '@xmtp-messaging/errors/network';

const firstPort = 4101;
const lastPort = 65_535;

/** Where the server of an agent is, and how callers make sure that it is this one. */
export interface Place {
  /** On loopback. */
  port: number;
  /** `XMTP_AGENT` of the server, and what the skill says in the header `Xmtp-Agent`: no other server answers to it. */
  id: string;
}

/** An agent that is to have a place. */
export interface PlaceRequest {
  name: string;
  wallet: string;
  /** Of the team file. */
  port: number | null;
  /** What an earlier deployment gave it. */
  present: Partial<Place>;
}

/** How places are found. */
export interface AssignOptions {
  /** Whether nothing listens there. Asked only of ports that are new to this team. */
  isFree: (port: number) => Promise<boolean>;
  /** A few characters that no other deployment has. */
  random: () => string;
}

/**
 * A port for each agent that is no other agent's, the same as before wherever there was one. Agents with one wallet have
 * one mailbox, and so one place, unless the team file tells their ports apart.
 */
export async function assignPlaces(
  agents: readonly PlaceRequest[],
  { isFree, random }: AssignOptions,
): Promise<ReadonlyMap<string, Place>> {
  const said = new Set(agents.flatMap(({ port }) => port ?? []));
  const groups = [...Map.groupBy(agents, ({ wallet }) => wallet).values()];
  const taken = new Set(said);
  const ids = new Set<string>();
  const shared = new Map<string, Place>();

  const keep = (group: readonly PlaceRequest[]): number | undefined => {
    const own = group.find(({ port }) => port !== null)?.port;
    if (typeof own === 'number') return own;
    const before = group.flatMap(({ present }) => present.port ?? []);
    return before.find((port) => !taken.has(port) && !isBlockedPort(port));
  };
  const ports = new Map<readonly PlaceRequest[], number>();
  for (const group of groups) {
    const port = keep(group);
    if (port !== undefined) ports.set(group, port);
    if (port !== undefined) taken.add(port);
  }
  for (const group of groups) {
    const port = ports.get(group) ?? (await findPort(taken, isFree));
    taken.add(port);
    const before = group.flatMap(({ present }) => present.id ?? []).find((id) => !ids.has(id));
    const id = before ?? `${group[0]!.name}.${random()}`;
    ids.add(id);
    for (const { name, port: own } of group) shared.set(name, { port: own ?? port, id });
  }
  return shared;
}

async function findPort(taken: ReadonlySet<number>, isFree: AssignOptions['isFree']): Promise<number> {
  for (let port = firstPort; port < lastPort; port += 1)
    if (!taken.has(port) && !isBlockedPort(port) && (await isFree(port))) return port;
  return firstPort;
}
