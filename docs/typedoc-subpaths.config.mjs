// Holds what stands beside the index of a package to the same laws; the site shows the indexes alone.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import config from './typedoc.config.mjs';

const programs = /(?:^|\/)(?:main|register)\.ts$/u;
const sources = globSync('../packages/*/package.json').flatMap((path) => {
  const { private: isPrivate, exports } = JSON.parse(readFileSync(path, 'utf8'));
  if (isPrivate === true) return [];
  return Object.values(exports).flatMap((entry) => {
    const source = entry['@xmtp-messaging/source'];
    return source === undefined || programs.test(source) ? [] : [join(dirname(path), source)];
  });
});

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default { ...config, entryPoints: [...new Set(sources)], emit: 'none' };
