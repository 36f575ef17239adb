import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The declarations that the entries of a package lead to, by their paths in its folder.
 * @param exports As package.json has them.
 * @throws when one leads to a file that is not there
 */
export function reachDeclarations(folder, exports = {}) {
  const reached = new Set();
  const reach = (path, from) => {
    if (reached.has(path)) return;
    if (!existsSync(join(folder, path))) throw new Error(`${from} leads to ${path}, which is not there.`);
    reached.add(path);
    const text = readFileSync(join(folder, path), 'utf8');
    for (const [, next] of text.matchAll(/(?:from|import) ?\(?['"](\.[^'"]+)\.[jt]s['"]/gu))
      reach(`${join(dirname(path), next)}.d.ts`, path);
  };
  for (const { types } of Object.values(exports)) if (types !== undefined) reach(join(types), 'package.json');
  return reached;
}
