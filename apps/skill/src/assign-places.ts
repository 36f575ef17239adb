import { isBlockedPort } from '@xmtp-messaging/errors/network';

const firstPort = 4101;
const lastPort = 65_535;

/** Where the server of an agent is, and how callers make sure that it is this one. */
export interface Place {
  /** On loopback. */
  port: number;
  /** Before the paths of its routes; empty when it has the port for itself. */
  basePath: string;
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
  /** Whether all are behind one port. @default false */
  shared?: boolean | undefined;
}

/**
 * A place for each agent, the same as before wherever there was one. Agents with one wallet have one mailbox, and so one place, unless the
 * team file tells their ports apart.
 */
export async function assignPlaces(
  agents: readonly PlaceRequest[],
  options: AssignOptions,
): Promise<ReadonlyMap<string, Place>> {
  const ids = new Set<string>();
  const ports = options.shared === true ? await onePort(agents, options) : await ownPorts(agents, options);
  const places = new Map<string, Place>();
  for (const group of byWallet(agents)) {
    const [{ name: first }] = group;
    const before = group.flatMap(({ present }) => present.id ?? []).find((id) => !ids.has(id));
    const id = before ?? `${first}.${options.random()}`;
    ids.add(id);
    const basePath = options.shared === true ? `/agents/${first}` : '';
    for (const { name } of group) places.set(name, { port: ports.get(name)!, basePath, id });
  }
  return places;
}

type Group = readonly [PlaceRequest, ...PlaceRequest[]];

const byWallet = (agents: readonly PlaceRequest[]): Group[] =>
  [...Map.groupBy(agents, ({ wallet }) => wallet).values()] as unknown as Group[];

/** The port that the team file says first, else that of before. */
async function onePort(
  agents: readonly PlaceRequest[],
  { isFree }: AssignOptions,
): Promise<ReadonlyMap<string, number>> {
  const present = agents.flatMap(({ present: before }) => (before.port === undefined ? [] : [before]));
  const shared = present.filter(({ basePath }) => basePath !== undefined && basePath !== '');
  const wanted = [...agents.flatMap(({ port }) => port ?? []), ...[...shared, ...present].map(({ port }) => port!)];
  const port = wanted.find((each) => !isBlockedPort(each)) ?? (await findPort(new Set(), isFree));
  return new Map(agents.map(({ name }) => [name, port]));
}

/** A port for each that is no other agent's. */
async function ownPorts(
  agents: readonly PlaceRequest[],
  { isFree }: AssignOptions,
): Promise<ReadonlyMap<string, number>> {
  const groups = byWallet(agents);
  const taken = new Set(agents.flatMap(({ port }) => port ?? []));
  const keep = (group: Group): number | undefined => {
    const own = group.find(({ port }) => port !== null)?.port;
    if (typeof own === 'number') return own;
    const before = group.flatMap(({ present }) => present.port ?? []);
    return before.find((port) => !taken.has(port) && !isBlockedPort(port));
  };
  const kept = new Map<Group, number>();
  for (const group of groups) {
    const port = keep(group);
    if (port !== undefined) kept.set(group, port);
    if (port !== undefined) taken.add(port);
  }
  const ports = new Map<string, number>();
  for (const group of groups) {
    const port = kept.get(group) ?? (await findPort(taken, isFree));
    taken.add(port);
    for (const { name, port: own } of group) ports.set(name, own ?? port);
  }
  return ports;
}

async function findPort(taken: ReadonlySet<number>, isFree: AssignOptions['isFree']): Promise<number> {
  for (let port = firstPort; port < lastPort; port += 1)
    if (!taken.has(port) && !isBlockedPort(port) && (await isFree(port))) return port;
  return firstPort;
}
