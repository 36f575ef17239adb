// Last step of a package's build, in its folder: the compiler declares every source, and nobody can reach those that no entry leads to.
import { globSync, readFileSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const reached = new Set();

function reach(path) {
  if (reached.has(path)) return;
  reached.add(path);
  for (const [, from] of readFileSync(path, 'utf8').matchAll(/(?:from|import) ?\(?'(\.[^']+)\.[jt]s'/gu))
    reach(`${join(dirname(path), from)}.d.ts`);
}

for (const { types } of Object.values(exports)) if (types !== undefined) reach(normalize(types));
const folders = new Set();
for (const path of globSync('dist/**/*.d.ts').map((each) => normalize(each))) {
  if (reached.has(path)) continue;
  rmSync(path);
  folders.add(dirname(path));
}
for (let folder of folders)
  for (; folder !== 'dist' && readdirSync(folder).length === 0; folder = dirname(folder)) rmdirSync(folder);
