import { backlog } from './backlog.ts';
import { comeAndGo } from './come-and-go.ts';
import { concurrentDms } from './concurrent-dms.ts';
import { consentAndHistory } from './consent-and-history.ts';
import { directMessage } from './direct-message.ts';
import { disappearing } from './disappearing.ts';
import { fiftyMembers } from './fifty-members.ts';
import { keyPackages } from './key-packages.ts';
import { killed } from './killed.ts';
import { oneNodeDown } from './one-node-down.ts';
import { streams } from './streams.ts';
import { twoAdmins } from './two-admins.ts';
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
