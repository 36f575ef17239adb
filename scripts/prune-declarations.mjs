// Last step of a package's build, in its folder: the compiler declares every source, and nobody can reach those that no entry leads to.
import { globSync, readFileSync, readdirSync, rmSync, rmdirSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { reachDeclarations } from './reach-declarations.mjs';

const reached = reachDeclarations('.', JSON.parse(readFileSync('package.json', 'utf8')).exports);
const stray = globSync('dist/**/*.d.ts').filter((path) => !reached.has(normalize(path)));
for (const path of stray) rmSync(path);
for (let folder of new Set(stray.map((path) => dirname(path))))
  for (; folder !== 'dist' && readdirSync(folder).length === 0; folder = dirname(folder)) rmdirSync(folder);
