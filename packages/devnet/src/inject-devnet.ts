import { inject } from 'vitest';

/** Where the network is, as tests read it with `inject('xmtpDevnet')`. */
export interface ProvidedDevnet {
  /** What a Node SDK takes as `apiUrl`. */
  readonly url: string;
  /** What a browser SDK takes as `apiUrl`. */
  readonly webUrl: string;
  /** The history server. */
  readonly historyUrl: string;
  /** `null` where the network is V3 alone. */
  readonly gatewayUrl: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    xmtpDevnet: ProvidedDevnet;
    xmtpDevnets: readonly ProvidedDevnet[];
  }
}

/**
 * The network of this test: that of its worker where the global setup started a pool, else the one of the project.
 * @throws Error when no global setup started one.
 * @param worker Which of them, from 1. @default the number that vitest gave the worker
 */
// oxlint-disable-next-line node/no-process-env -- vitest tells its workers no other way
export function injectDevnet(worker: number = Number(process.env['VITEST_POOL_ID'] ?? 1)): ProvidedDevnet {
  const networks = inject('xmtpDevnets') ?? [inject('xmtpDevnet')];
  const network = networks[(worker - 1) % networks.length];
  // oxlint-disable-next-line typescript/no-unnecessary-condition -- nobody may have provided any
  if (network === undefined) throw new Error("No global setup of '@xmtp-messaging/devnet' started a network.");
  return network;
}
