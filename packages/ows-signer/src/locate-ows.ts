import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const platforms = new Map([
  ['linux-x64', 'linux-x64-gnu'],
  ['linux-arm64', 'linux-arm64-gnu'],
  ['darwin-x64', 'darwin-x64'],
  ['darwin-arm64', 'darwin-arm64'],
]);

/**
 * Path of the native `ows` binary that comes with `@open-wallet-standard/core`, or `null` if there is none for this platform.
 *
 * The script `ows` of that package is not used: it turns a crash into exit status 0 with empty output, and killing it leaves the binary running.
 */
export function locateOws(): string | null {
  const platform = platforms.get(`${process.platform}-${process.arch}`);
  if (platform === undefined) return null;
  try {
    // The platform's package is visible to `core`, which depends on it, and not always to us.
    const core = createRequire(import.meta.url).resolve('@open-wallet-standard/core/package.json');
    const name = `@open-wallet-standard/core-${platform}/package.json`;
    return join(dirname(createRequire(realpathSync(core)).resolve(name)), 'ows');
  } catch {
    return null;
  }
}
