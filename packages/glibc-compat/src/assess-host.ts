import { GlibcCompatError } from './errors.ts';
import { glibcOrder } from './glibc-order.ts';

/** First glibc on which the XMTP binding loads as published. */
const sufficient = 2_038_000;
/** Newest version that the binding needs besides the two symbols: older hosts lack real functions. */
const repairable = 2_034_000;

/** What the decision needs to know of the host. */
export interface Host {
  /** `process.platform`. */
  platform: string;
  /** Version of the glibc that runs this process, such as `2.36`; `null` on musl and other systems. */
  glibc: string | null;
}

/**
 * Whether the XMTP binding needs a patched copy on this host.
 * @throws GlibcCompatError `HOST_TOO_OLD`
 */
export function assessHost(host: Host): 'as-published' | 'needs-patch' {
  const order = host.platform === 'linux' && host.glibc !== null ? glibcOrder(host.glibc) : null;
  if (order === null || order >= sufficient) return 'as-published';
  if (order >= repairable) return 'needs-patch';
  throw new GlibcCompatError({
    code: 'HOST_TOO_OLD',
    shortMessage: `This system's glibc ${host.glibc} is too old for the XMTP binding, which needs 2.34 or later.`,
  });
}
