import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Sdk from '@xmtp/node-sdk';
import { DevnetError } from '../errors.ts';

export type NodeSdk = typeof Sdk;

export interface LoadNodeSdkOptions {
  /** Looked in when this package itself has none, as when it is run from a cache. @default the working directory */
  folder?: string | undefined;
  /** @default `import()` */
  load?: ((specifier: string) => Promise<unknown>) | undefined;
}

const name = '@xmtp/node-sdk';

/** The SDK that the user has installed; the network itself needs none. @throws DevnetError SDK_MISSING, SDK_UNUSABLE */
export async function loadNodeSdk(options: LoadNodeSdkOptions = {}): Promise<NodeSdk> {
  const { folder = process.cwd(), load = (specifier) => import(specifier) } = options;
  const fromFolder = () => {
    const path = createRequire(join(folder, 'package.json')).resolve(name);
    return load(pathToFileURL(path).href);
  };
  try {
    return (await load(name).catch((error: unknown) => {
      if (isAbsent(error)) return fromFolder();
      throw error;
    })) as NodeSdk;
  } catch (cause) {
    throw new DevnetError({ code: isAbsent(cause) ? 'SDK_MISSING' : 'SDK_UNUSABLE', cause });
  }
}

/** It, and not something that it needs, was not found. */
function isAbsent(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string };
  return (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') && message.includes(`'${name}'`);
}
