import { readFileSync } from 'node:fs';

/**
 * The version of the package that a module belongs to: one folder up from what is built of it, one or two from its source.
 * `unknown` where neither is a package.
 * @param module Its `import.meta.url`.
 */
export function packageVersion(module: string): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const { version } = JSON.parse(readFileSync(new URL(path, module), 'utf8')) as { version: string };
      return version;
    } catch {
      // The other one.
    }
  }
  return 'unknown';
}
