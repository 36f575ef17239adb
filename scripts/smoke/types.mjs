// Whether what a package declares compiles in a stranger's project, with nothing looked away from.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How a stranger's project finds modules. */
export const resolutions = {
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
  preserve: { module: 'preserve', moduleResolution: 'bundler' },
};

/** The first example of a README; `null` when there is none. */
export function firstExample(readme) {
  return /^```ts\b[^\n]*\n(?<code>[^]*?)^```$/mu.exec(readme)?.groups.code ?? null;
}

/**
 * Compiles an import of every entry, and the example, under `strict` and what goes beyond it, with the declarations of dependencies checked too.
 * @param compiler Path of the `tsc` to use.
 * @returns what it complains about, a line each: of us and of the example, and of declarations of others, which we can neither mend nor hide
 */
export async function compile(project, { entries, example, resolution, compiler }) {
  const imports = entries.map(
    (entry, index) => `import * as e${index} from ${JSON.stringify(entry)};\nvoid e${index};`,
  );
  await writeFile(join(project, 'entries.ts'), `${imports.join('\n')}\n`);
  await writeFile(join(project, 'example.ts'), `export {};\n${example ?? ''}`);
  const compilerOptions = {
    ...resolutions[resolution],
    target: 'es2022',
    lib: ['es2023', 'dom', 'esnext.disposable'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    skipLibCheck: false,
    noEmit: true,
  };
  await writeFile(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['entries.ts', 'example.ts'] }),
  );
  return await run(compiler, ['-p', 'tsconfig.json', '--pretty', 'false'], { cwd: project, timeout: 180_000 }).then(
    () => ({ ours: [], others: [] }),
    ({ stdout, stderr }) => {
      const lines = `${stdout}${stderr}`
        .split('\n')
        // What follows a complaint, further to the right, belongs to it.
        .filter((line) => /^\S/u.test(line));
      const isOthers = (line) => /^node_modules\/(?!@xmtp-messaging\/)/u.test(line);
      return { ours: lines.filter((line) => !isOthers(line)), others: lines.filter(isOthers) };
    },
  );
}
