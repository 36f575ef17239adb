import { readFileSync } from 'node:fs';
import { cachedCopy } from './cached-copy.ts';
import { GlibcCompatError } from './errors.ts';
import { applyPatch, planPatch } from './plan-patch.ts';

/** What to prepare, for which host, and where. */
export interface PrepareBindingOptions {
  /** Path of the binding as published. It is read, never written. */
  path: string;
  /** Version of the host's glibc, such as `2.36`. */
  glibc: string;
  /** Folder for the patched copy, made 0700 if absent. Its content may be deleted at any time. */
  cacheFolder: string;
}

/**
 * Path of a binding that loads on the host: the published one when it does, else a patched copy in the cache folder.
 * Synchronous, because native modules load synchronously.
 * @throws GlibcCompatError `BINDING_UNREADABLE`, `BINDING_MALFORMED`, `BINDING_UNSUPPORTED`, `CACHE_UNSAFE`, `CACHE_UNUSABLE`
 */
export function prepareBinding(options: PrepareBindingOptions): string {
  const { path, glibc, cacheFolder } = options;
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new GlibcCompatError({
      code: 'BINDING_UNREADABLE',
      shortMessage: `The XMTP binding ${path} could not be read.`,
      cause,
    });
  }
  const edits = planPatch(bytes, { glibc });
  if (edits.length === 0) return path;
  applyPatch(bytes, edits);
  return cachedCopy(cacheFolder, bytes);
}
