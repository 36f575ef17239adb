import type { TeamAgent } from '@xmtp-messaging/team-config';
import { renderEnvironment } from './render-environment.ts';
import { renderSkill } from './render-skill.ts';

/** A file of an agent; `text: null` when there should be none. */
export interface PlannedFile {
  /** Relative to the folder of the team file, with `/`. */
  path: string;
  text: string | null;
}

/** The files of an agent with this wallet, or their absence. */
export function agentFiles(agent: TeamAgent, wallet: string | null): PlannedFile[] {
  const folder = `.agents/${agent.name}`;
  return [
    { path: `${folder}/skills/xmtp/SKILL.md`, text: wallet === null ? null : renderSkill(agent) },
    { path: `${folder}/xmtp.env`, text: wallet === null ? null : renderEnvironment(agent, wallet) },
  ];
}
