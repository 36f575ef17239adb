/** The network that a scenario runs on. */
export interface Network {
  readonly protocol: 'v3' | 'd14n';
  readonly url: string;
  readonly gatewayUrl: string | null;
  readonly webUrl: string;
  readonly historyUrl: string;
  /** Ends one of its nodes; `null` where there is only one. */
  readonly endNode: (() => void) | null;
  /** `kill -9`, and the same network again from its folder; `null` where it has none. */
  readonly killAndRestart: (() => Promise<void>) | null;
  close(): Promise<void>;
}
