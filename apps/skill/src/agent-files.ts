import type { TeamAgent } from '@xmtp-messaging/team-config';
import { chooseDelimiter } from './choose-delimiter.ts';
import { renderEnvironment } from './render-environment.ts';
import { renderSkill } from './render-skill.ts';

/** A file of an agent; `text: null` when there should be none. */
export interface PlannedFile {
  /** Relative to the folder of the team file, with `/`. */
  path: string;
  text: string | null;
}

/** Where the SKILL.md of an agent is, relative to the folder of the team file. */
export const skillPath = (name: string): string => `.agents/${name}/skills/xmtp/SKILL.md`;

/** The files of an agent with this wallet, or their absence. @param present Its SKILL.md as it is now, `null` for none. */
export function agentFiles(agent: TeamAgent, wallet: string | null, present: string | null): PlannedFile[] {
  const delimiter = chooseDelimiter(present);
  return [
    { path: skillPath(agent.name), text: wallet === null ? null : renderSkill(agent, { delimiter }) },
    { path: `.agents/${agent.name}/xmtp.env`, text: wallet === null ? null : renderEnvironment(agent, wallet) },
  ];
}
