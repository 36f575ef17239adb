import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the page as it is served. */
export interface ServedFile {
  readonly type: string;
  readonly body: Buffer | string;
}

interface Bundler {
  readonly build: (options: object) => Promise<unknown>;
}

const entry = `import { Client } from '@xmtp/browser-sdk';
import { servePage } from ${JSON.stringify(fileURLToPath(new URL('serve-page.ts', import.meta.url)))};
servePage((signer, options) => Client.create(signer, options));
`;

/**
 * The page with the SDK in it, its worker and its engine, by path.
 * @param folder Where esbuild and the SDK are installed.
 */
export async function bundlePage(folder: string): Promise<ReadonlyMap<string, ServedFile>> {
  const require = createRequire(join(folder, 'package.json'));
  const { build } = require('esbuild') as Bundler;
  const sdk = join(folder, 'node_modules/@xmtp/browser-sdk/dist');
  const wasm = join(folder, 'node_modules/@xmtp/wasm-bindings/dist/bindings_wasm_bg.wasm');
  const page = join(folder, 'page.js');
  await mkdir(join(folder, 'bundle'), { recursive: true });
  await writeFile(page, entry);
  await build({
    entryPoints: { page, client: join(sdk, 'workers/client.js') },
    outdir: join(folder, 'bundle'),
    bundle: true,
    format: 'esm',
    target: 'es2023',
    logLevel: 'error',
  });
  const script = async (name: string) => ({
    type: 'text/javascript',
    body: await readFile(join(folder, 'bundle', `${name}.js`)),
  });
  const engine = { type: 'application/wasm', body: await readFile(wasm) };
  return new Map<string, ServedFile>([
    [
      '/',
      {
        type: 'text/html',
        body: '<!doctype html><title>conformance</title><script type="module" src="/page.js"></script>',
      },
    ],
    ['/page.js', await script('page')],
    ['/workers/client', await script('client')],
    ['/bindings_wasm_bg.wasm', engine],
    ['/workers/bindings_wasm_bg.wasm', engine],
  ]);
}
