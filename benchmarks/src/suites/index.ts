// Every benchmark, in the order in which they run and are printed.
import type { Suite } from '../harness/suite.ts';
import { allowlist } from './allowlist.ts';
import { backlog } from './backlog.ts';
import { catchup } from './catchup.ts';
import { devnet } from './devnet.ts';
import { growth } from './growth.ts';
import { growthBusy } from './growth-busy.ts';
import { growthJournal } from './growth-journal.ts';
import { growthReload } from './growth-reload.ts';
import { growthStart } from './growth-start.ts';
import { guard } from './guard.ts';
import { history } from './history.ts';
import { memory } from './memory.ts';
import { receiveAtLatency, receiveInProcess, receiveLatency } from './receive-latency.ts';
import { resolveCached } from './resolve-cached.ts';
import { resolveCold } from './resolve-cold.ts';
import { roundTrip } from './round-trip.ts';
import { sendAtLatency } from './send-at-latency.ts';
import { sendC1 } from './send-c1.ts';
import { sendC64 } from './send-c64.ts';
import { sendC64Best } from './send-c64-best.ts';
import { sendFanout } from './send-fanout.ts';
import { sendInProcess } from './send-in-process.ts';
import { start } from './start.ts';
import { stranger } from './stranger.ts';

export const suites: readonly Suite[] = [
  sendC1,
  sendC64,
  sendC64Best,
  sendFanout,
  sendInProcess,
  ...sendAtLatency,
  receiveLatency,
  receiveInProcess,
  ...receiveAtLatency,
  roundTrip,
  catchup,
  start,
  memory,
  resolveCached,
  resolveCold,
  allowlist,
  guard,
  devnet,
  growth,
  growthJournal,
  growthStart,
  growthReload,
  growthBusy,
  backlog,
  stranger,
  history,
];
