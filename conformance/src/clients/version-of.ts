import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';

/** The version of a package that this workspace has, or that `from` finds. */
export function versionOf(name: string, from: string | URL = import.meta.url): string {
  const path = findPackageJSON(name, from);
  if (path === undefined) throw new Error(`${name} is not installed.`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
