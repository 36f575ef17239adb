import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The newest nightly build that npm has of a package. @throws Error when there is none */
export async function findNightly(name: string): Promise<string> {
  const { stdout } = await promisify(execFile)('npm', ['view', name, 'versions', '--json'], { timeout: 60_000 });
  return newestNightly([JSON.parse(stdout) as string | string[]].flat());
}

/** By the day in its name: npm lists versions by number. */
export function newestNightly(versions: readonly string[]): string {
  const dated = versions.flatMap((version) => {
    const [, day] = /-nightly\.(\d{8})\b/u.exec(version) ?? [];
    return day === undefined ? [] : [{ version, day }];
  });
  const newest = dated.toSorted((a, b) => a.day.localeCompare(b.day)).at(-1);
  if (newest === undefined) throw new Error('npm has no nightly build of it.');
  return newest.version;
}
