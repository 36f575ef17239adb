import { realpathSync } from 'node:fs';
// Named one by one, what an old Node has not would end it before it is told that it is old.
import * as modules from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GlibcCompatError } from './errors.ts';

/** Package managers that isolate dependencies show the binding only to the package that asked for it. */
const routes = [
  ['@xmtp/node-bindings'],
  ['@xmtp/node-sdk', '@xmtp/node-bindings'],
  ['@xmtp/agent-sdk', '@xmtp/node-sdk', '@xmtp/node-bindings'],
  ['@xmtp-messaging/xmtp-core', '@xmtp/node-sdk', '@xmtp/node-bindings'],
];

/** Where to look, and for which processor. */
export interface FindBindingOptions {
  /** Folder of the program that uses XMTP. */
  from: string;
  /** `process.arch`. */
  arch: string;
}

/**
 * Path of the XMTP binding for glibc that a program in folder `from` would load.
 * @throws GlibcCompatError `BINDING_NOT_FOUND`
 */
export function findBinding({ from, arch }: FindBindingOptions): string {
  for (const route of routes) {
    const manifest = route.reduce<string | undefined>(
      (base, name) => (base === undefined ? undefined : find(name, base)),
      join(from, 'package.json'),
    );
    if (manifest !== undefined) return join(dirname(manifest), 'dist', `bindings_node.linux-${arch}-gnu.node`);
  }
  throw new GlibcCompatError({
    code: 'BINDING_NOT_FOUND',
    shortMessage: `@xmtp/node-bindings was not found from ${from}.`,
  });
}

function find(name: string, base: string): string | undefined {
  try {
    const manifest = modules.findPackageJSON(name, pathToFileURL(base));
    // What a linked package depends on stands beside its real place.
    return manifest === undefined ? undefined : realpathSync(manifest);
  } catch {
    return undefined;
  }
}
