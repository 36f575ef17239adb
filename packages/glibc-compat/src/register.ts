// Import this before anything that imports @xmtp/node-sdk, in each thread that loads it.
// It redirects one file, the XMTP binding, and leaves the environment and every other native module alone.
import { homedir } from 'node:os';
import { assessHost } from './assess-host.ts';
import { defaultCacheFolder } from './default-cache-folder.ts';
import { hostGlibc } from './host-glibc.ts';
import { prepareBinding } from './prepare-binding.ts';
import { redirectDlopen } from './redirect-dlopen.ts';

// oxlint-disable-next-line node/no-process-env -- this module is an entry point, not a library
const { env } = process;

/** The loader's own variable: when the user set it, the binding's path is the user's business. */
const isUserSet = () => (env['NAPI_RS_NATIVE_LIBRARY_PATH'] ?? '') !== '';

const glibc = hostGlibc();
if (glibc !== null && !isUserSet() && assessHost({ platform: process.platform, glibc }) === 'needs-patch') {
  const cacheFolder = defaultCacheFolder({ xdgCacheHome: env['XDG_CACHE_HOME'], home: homedir() });
  redirectDlopen(process, (path) => (isUserSet() ? path : prepareBinding({ path, glibc, cacheFolder })));
}
