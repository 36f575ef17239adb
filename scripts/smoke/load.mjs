// Whether every entry of a package loads: by import and by require, in each runtime.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a program imports: the package, and its further entries that are code. */
export function entriesOf({ name, facts }) {
  return Object.keys(facts.exports ?? {})
    .filter((entry) => !entry.endsWith('.json'))
    .map((entry) => name + entry.slice(1));
}

/** Imports every entry in a process of its own. @returns milliseconds that the first took */
export async function importAll(project, entries, [program, ...args]) {
  const lines = entries.map((entry) => `await import(${JSON.stringify(entry)});`);
  const code = [
    'const start = performance.now();',
    lines[0],
    'const ms = performance.now() - start;',
    ...lines.slice(1),
  ];
  await writeFile(join(project, 'import.mjs'), `${code.join('\n')}\nconsole.log('ms ' + ms.toFixed(0));\n`);
  const { stdout } = await run(program, [...args, 'import.mjs'], { cwd: project, timeout: 60_000 });
  return Number(/^ms (\d+)$/mu.exec(stdout)?.[1] ?? Number.NaN);
}

/** Starts each program of a package in a Node that is too old for it. @throws unless each says so in one line */
export async function refuseAll(project, { name, facts }, [program, ...args]) {
  for (const [command, file] of Object.entries(facts.bin ?? {})) {
    const path = join(project, 'node_modules', name, file);
    const { code, stderr } = await run(program, [...args, path, '--version'], { timeout: 60_000 }).catch(
      (error) => error,
    );
    if (code !== 2 || !/^[\w-]+ needs Node 22\.18 or later; this is [\d.]+\.\n$/u.test(stderr))
      throw new Error(`${command} ended with ${code} and said: ${stderr}`);
  }
}

/** Imports each entry in a Node that is too old. @throws unless it loads there, or an error of ours says in its first line that it is old */
export async function importInOld(project, entries, [program, ...args]) {
  for (const entry of entries) {
    const code = `await import(${JSON.stringify(entry)}).catch(({ name, message }) => console.log(name + ': ' + message));`;
    const { stdout } = await run(program, [...args, '--input-type=module', '-e', code], {
      cwd: project,
      timeout: 60_000,
    });
    if (!/^(?:BaseError: XMTP Messaging needs Node 22\.18 or later; this is [\d.]+\.\n)?$/u.test(stdout))
      throw new Error(`${entry}: ${stdout}`);
  }
}

/** As CommonJS does. */
export async function requireAll(project, entries, [program, ...args]) {
  const code = entries.map((entry) => `require(${JSON.stringify(entry)});`).join('\n');
  await writeFile(join(project, 'require.cjs'), code);
  await run(program, [...args, 'require.cjs'], { cwd: project, timeout: 60_000 });
}
