// Builds the page into a folder: `node build.ts [folder]`. What is there is replaced when the new one is whole.
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const room = fileURLToPath(new URL('.', import.meta.url));
const built = join(room, 'dist');

/** Builds the page unless it was built after everything that it is made of. */
export async function buildPage(into: string = built): Promise<void> {
  const folder = resolve(into);
  const page = join(folder, 'index.html');
  const sources = globSync(['{src,public}/**/*', '*.{ts,json,html}', '../../packages/client/src/**/*.ts'], {
    cwd: room,
  });
  const newest = Math.max(...sources.map((path) => statSync(join(room, path)).mtimeMs));
  if (existsSync(page) && statSync(page).mtimeMs > newest) return;
  // With the first build: where there is nothing to do, nothing is loaded.
  const { build } = await import('vite');
  const draft = `${folder}.${process.pid}`;
  await build({
    root: room,
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@xmtp-messaging/source', 'module', 'browser', 'production'] },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [integrity],
    build: {
      outDir: draft,
      assetsDir: 'page',
      modulePreload: false,
      cssCodeSplit: false,
      target: 'es2022',
      emptyOutDir: true,
      // What is bundled wants its licences beside it.
      license: { fileName: 'THIRD-PARTY-NOTICES.md' },
    },
  });
  const old = `${draft}.old`;
  mkdirSync(resolve(folder, '..'), { recursive: true });
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(draft, folder);
  rmSync(old, { recursive: true, force: true });
}

/** What had the port before may have left files in the browser's cache under our names: they must not run here. */
const integrity: Plugin = {
  name: 'integrity',
  enforce: 'post',
  transformIndexHtml: {
    order: 'post',
    handler: (html, { bundle = {} }) =>
      html.replaceAll(/(?<tag><(?:script|link)\b[^>]*?(?:src|href)="\/(?<path>[^"]+)")/gu, (tag, _, path: string) => {
        const file = bundle[path];
        if (file === undefined) return tag;
        const digest = createHash('sha384')
          .update(file.type === 'chunk' ? file.code : file.source)
          .digest('base64');
        return `${tag} integrity="sha384-${digest}"`;
      }),
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPage(process.argv[2]);
