import { backlog, concurrentDms, directMessage, streams } from './direct-messages.ts';
import { killed, oneNodeDown } from './failures.ts';
import { comeAndGo, disappearing, fiftyMembers, twoAdmins } from './groups.ts';
import { consentAndHistory, keyPackages } from './installations.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [
  directMessage,
  concurrentDms,
  streams,
  backlog,
  fiftyMembers,
  twoAdmins,
  comeAndGo,
  disappearing,
  consentAndHistory,
  keyPackages,
  killed,
  oneNodeDown,
];
