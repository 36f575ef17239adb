import type { TeamAgent } from '@xmtp-messaging/team-config';
import type { Place } from './assign-places.ts';
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

/** Where the settings of its server are, relative as above. */
export const environmentPath = (name: string): string => `.agents/${name}/xmtp.env`;

/** What an agent that is deployed has. */
export interface Deployment {
  wallet: string;
  place: Place;
}

/**
 * The files of an agent, or their absence.
 * @param deployment `null`: it is not deployed.
 * @param options.present Its SKILL.md as it is now, `null` for none.
 * @param options.folder Absolute path of the folder of the team file.
 */
export function agentFiles(
  agent: TeamAgent,
  deployment: Deployment | null,
  { present, folder }: { present: string | null; folder: string },
): PlannedFile[] {
  const skill = skillPath(agent.name);
  const environment = environmentPath(agent.name);
  if (deployment === null)
    return [
      { path: skill, text: null },
      { path: environment, text: null },
    ];
  const delimiter = chooseDelimiter(present);
  return [
    { path: skill, text: renderSkill(agent, { delimiter, place: deployment.place }) },
    { path: environment, text: renderEnvironment(agent, { ...deployment, folder }) },
  ];
}
