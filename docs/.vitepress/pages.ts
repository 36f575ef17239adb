import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where a Markdown file of the repository stands in the site, as a path; `null` when it is no page of it. */
export function pagePath(file: string): string | null {
  if (file.startsWith('docs/')) return file.slice('docs/'.length);
  const readme = /^(?:packages|apps)\/(?<name>[a-z0-9-]+)\/README\.md$/u.exec(file)?.groups?.['name'];
  if (readme !== undefined) return `packages/${readme}.md`;
  return { 'SECURITY.md': 'security.md', 'CONTRIBUTING.md': 'contributing.md' }[file] ?? null;
}

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split(
  '\n',
);

/** Whether a file or folder of this path is in the repository. */
export const isInRepository = (path: string): boolean =>
  files.some((file) => file === path || file.startsWith(`${path}/`));

/** The pages by the file that each is made of. */
export const pages: ReadonlyMap<string, string> = new Map(
  files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => {
      const path = pagePath(file);
      return path === null ? [] : [[file, path] as const];
    }),
);

/** The pictures of the pages, likewise. */
export const pictures: ReadonlyMap<string, string> = new Map(
  files
    .filter((file) => /^docs\/.*\.(?:svg|png)$/u.test(file))
    .map((file) => [file, file.slice('docs/'.length)] as const),
);
