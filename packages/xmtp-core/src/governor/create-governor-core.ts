import { createBudget, levelAt, readyAt, spend } from './budget.ts';
import { sdkCallsPerMinute, strangersPerMinute } from './limits.ts';
import { createPace, type Pace } from './create-pace.ts';
import { createSilence } from './create-silence.ts';
import type { CallClass, Cost, GovernorFacts, NetworkLimits } from './types.ts';

/** Why a call has to wait. */
export type WaitReason = 'refused' | 'budget' | 'pace';

/** A call that asks for its turn. */
export interface AskedCall {
  client: ClientPace;
  class: CallClass;
  cost: Cost;
  isBeside?: boolean | undefined;
}

/** One client: its last minute, for which the SDK has a limit of its own, and when it called. */
export interface ClientPace {
  all: Pace;
  strangers: Pace;
  /** When a call of it could not wait last. */
  urgentAt: number;
  /** When what can wait was let in last. */
  letInAt: number;
}

/** Decides when calls may begin. No timers, no waiting: every function takes the time of a clock that never steps. */
export interface GovernorCore {
  client(): ClientPace;
  /** When the call may begin, `at === now` for at once, by what is known now. */
  turn(call: AskedCall, now: number): { at: number; why: WaitReason | null };
  /**
   * When work of a client that waits since `since` and can wait may begin without spoiling a silence. Asked at that time it opens a
   * beat for all that are due. What others have to do is no reason to ask more often: an idle client asks about every quarter of an hour.
   */
  beatAt(client: ClientPace, since: number, now: number): number;
  /** It calls no more. */
  leave(client: ClientPace): void;
  begin(call: AskedCall, now: number): void;
  /** The call has ended: what it cost instead of what was expected. */
  settle(call: AskedCall, used: Cost, now: number): void;
  charge(client: ClientPace, cost: Cost, now: number): void;
  refused(now: number): void;
  facts(now: number): Omit<GovernorFacts, 'waiting'>;
}

const kinds = ['reads', 'writes'] as const;
/** Nothing goes below this share of a budget: all wait then, and their silence fills it. */
const lowest = 0.02;
/** Strangers leave more for others. */
const strangersLeave = 0.1;
/** What can wait leaves still more, for so long: */
const backgroundLeaves = 0.25;
const patienceMs = 1_800_000;
/** Share of a client's minute that a class may fill. */
const shares: Readonly<Record<CallClass, number>> = { send: 1, receive: 0.9, background: 0.7, stranger: 0.6 };
/** A silence that is just broken by calls that could not wait is nothing to be careful of: what can wait goes along. */
const alongMs = 5_000;
/** Otherwise it comes together, when the silence after other calls has been of use, */
const afterCallsMs = 65_000;
/** and while nothing happens so rarely that many processes behind one address leave each other their silences. */
const beatMs = 900_000;
/** A client that is due before long goes along with others. */
const joinMs = beatMs;
/** Where no limit is known, so many clients of one process may ask as often as they like; more keep the beat all the same. */
const fewClients = 16;

export function createGovernorCore(options: {
  /** `null` where the network has no known limits. */
  limits: NetworkLimits | null;
  random: () => number;
}): GovernorCore {
  const { limits, random } = options;
  const silence = createSilence(random);
  const budgets = limits && { reads: createBudget(limits.reads), writes: createBudget(limits.writes) };
  const reserved: Cost = { reads: 0, writes: 0 };
  const calls: Cost = { reads: 0, writes: 0 };
  const never = Number.NEGATIVE_INFINITY;
  const clients = new Set<ClientPace>();
  /** When a call could not wait last, when there was any, and when what can wait was last let in. */
  let urgentAt = never;
  let seenAt: number | null = null;
  let openedAt = never;
  let jitter = random();

  /** When a budget holds the cost and leaves a share of it. */
  const budgetAt = (cost: Cost, leave: number, now: number): number => {
    if (limits === null || budgets === null) return now;
    const times = kinds.map((kind) => {
      if (cost[kind] <= 0) return now;
      return readyAt(budgets[kind], limits[kind], leave * limits[kind].burst + reserved[kind] + cost[kind], now);
    });
    return Math.max(...times);
  };

  const paceAt = ({ client, class: kind, cost, isBeside }: AskedCall, now: number): number => {
    if (isBeside === true) return now;
    const sum = cost.reads + cost.writes;
    const at = client.all.readyAt(sum, now, shares[kind]);
    return kind === 'stranger' ? Math.max(at, client.strangers.readyAt(sum, now)) : at;
  };

  const addToPace = ({ client, class: kind, isBeside }: AskedCall, sum: number, now: number) => {
    if (sum <= 0 || isBeside === true) return;
    client.all.add(sum, now);
    if (kind === 'stranger') client.strangers.add(sum, now);
  };

  const count = (cost: Cost, now: number) => {
    for (const kind of kinds) {
      calls[kind] += cost[kind];
      if (kind === 'reads' && cost.reads > 0) seenAt = Math.max(now, seenAt ?? now);
      if (limits !== null && budgets !== null && cost[kind] > 0) spend(budgets[kind], limits[kind], cost[kind], now);
    }
  };

  const silentUntil = (now: number): number | null => {
    const refused = silence.until(now);
    if (refused !== null) return refused;
    const at = budgetAt({ reads: 1, writes: 0 }, lowest, now);
    return at > now ? at : null;
  };

  return {
    client() {
      const paces = { all: createPace(sdkCallsPerMinute), strangers: createPace(strangersPerMinute) };
      const client = { ...paces, urgentAt: never, letInAt: never };
      clients.add(client);
      return client;
    },
    leave: (client) => void clients.delete(client),
    turn(call, now) {
      const silent = silence.until(now);
      if (silent !== null) return { at: silent, why: 'refused' };
      const budget = budgetAt(call.cost, call.class === 'stranger' ? strangersLeave : lowest, now);
      if (budget > now) return { at: budget, why: 'budget' };
      const pace = paceAt(call, now);
      return pace > now ? { at: pace, why: 'pace' } : { at: now, why: null };
    },
    beatAt(client, since, now) {
      const free = silence.until(now) ?? budgetAt(oneRead, now - since > patienceMs ? lowest : backgroundLeaves, now);
      if (seenAt === null || (limits === null && clients.size <= fewClients)) return free;
      // All that waits of one client goes together, and whatever it is goes along with its own traffic.
      if (since <= client.letInAt && now - client.letInAt <= alongMs) return free;
      if (now - client.urgentAt <= alongMs) return free;
      const isOpen = now - urgentAt <= alongMs || (since <= openedAt && now - openedAt <= alongMs);
      const own = client.urgentAt > client.letInAt;
      const due = own ? client.urgentAt + afterCallsMs : client.letInAt + beatMs * (0.75 + jitter / 2);
      const joins = isOpen && now >= (own ? due : client.letInAt + joinMs);
      const at = joins ? free : Math.max(free, seenAt + afterCallsMs, due);
      if (at > now) return at;
      client.letInAt = now;
      if (!joins) {
        openedAt = now;
        jitter = random();
      }
      return now;
    },
    begin(call, now) {
      silence.began();
      for (const kind of kinds) reserved[kind] += call.cost[kind];
      addToPace(call, call.cost.reads + call.cost.writes, now);
      if (call.cost.reads > 0) seenAt = Math.max(now, seenAt ?? now);
      if (call.cost.reads > 0 && call.class !== 'background') {
        urgentAt = now;
        call.client.urgentAt = now;
      }
      for (const kind of kinds) {
        if (limits !== null && budgets !== null && call.cost[kind] > 0) spend(budgets[kind], limits[kind], 0, now);
      }
    },
    settle(call, used, now) {
      for (const kind of kinds) reserved[kind] -= call.cost[kind];
      count(used, now);
      addToPace(call, used.reads + used.writes - call.cost.reads - call.cost.writes, now);
      silence.answered(now);
    },
    charge(client, cost, now) {
      client.all.add(cost.reads + cost.writes, now);
      count(cost, now);
    },
    refused(now) {
      silence.refused(now);
      if (budgets === null) return;
      for (const kind of kinds) Object.assign(budgets[kind], { level: 0, seenAt: now });
    },
    facts(now) {
      const left = (kind: 'reads' | 'writes') =>
        limits && budgets && { left: Math.floor(levelAt(budgets[kind], limits[kind], now)), limit: limits[kind].burst };
      const until = silentUntil(now);
      return {
        reads: left('reads'),
        writes: left('writes'),
        calls: { ...calls },
        silentForMs: until === null ? null : until - now,
        refusals: silence.refusals(),
      };
    },
  };
}

const oneRead: Cost = { reads: 1, writes: 0 };
