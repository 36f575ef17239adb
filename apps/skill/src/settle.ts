import { pathOf, type PlannedFile } from './agent-files.ts';
import { SkillError } from './errors.ts';

/**
 * What several agents want, in the end: nothing that one is given is taken away for another.
 * @returns by the name of the agent
 * @throws SkillError WORKSPACE_SHARED
 */
export function settle(
  agents: readonly { name: string; files: readonly PlannedFile[] }[],
): ReadonlyMap<string, readonly PlannedFile[]> {
  const owners = new Map<string, string>();
  for (const { name, files } of agents)
    for (const file of files.filter(isGiven)) {
      const path = pathOf(file);
      const other = owners.get(path);
      if (other !== undefined)
        throw new SkillError({
          code: 'WORKSPACE_SHARED',
          shortMessage: `${other} and ${name} would both have ${file.path} in one folder.`,
        });
      owners.set(path, name);
    }
  return new Map(
    agents.map(({ name, files }) => [name, files.filter((file) => isGiven(file) || !owners.has(pathOf(file)))]),
  );
}

const isGiven = (file: PlannedFile): boolean => ('entry' in file ? file.entry : file.text) !== null;
