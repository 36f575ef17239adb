import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the operator's page. */
export interface PageFile {
  body: Uint8Array<ArrayBuffer>;
  type: string;
}

/** The files by their paths; `null` while the page has not been built. */
export type PageFiles = () => ReadonlyMap<string, PageFile> | null;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The sources run beside those of the page; what is published carries it. */
const built = new URL(import.meta.url.endsWith('.ts') ? '../../../page/dist/' : './page-files/', import.meta.url);

/** Reads the files of the page with the first request for one, and keeps them. @param folder Default: where it is built. */
export function readPageFiles(folder: URL = built): PageFiles {
  let files: ReadonlyMap<string, PageFile> | null = null;
  return () => (files ??= read(folder));
}

function read(folder: URL): ReadonlyMap<string, PageFile> | null {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
    const found = names.flatMap((name) => {
      const type = types[extname(name)];
      if (type === undefined) return [];
      const path = name === 'index.html' ? '/' : `/${name}`;
      return [[path, { body: new Uint8Array(readFileSync(fileURLToPath(new URL(name, folder)))), type }] as const];
    });
    return new Map(found).has('/') ? new Map(found) : null;
  } catch {
    return null;
  }
}
