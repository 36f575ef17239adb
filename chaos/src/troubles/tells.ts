/** The part of `GET /xmtp/status` that tells of trouble with the network. */
export interface StatusBody {
  connected: boolean;
  stream: { enabled: boolean; up: boolean } | null;
  directions: Readonly<Record<string, { state: string }>> | null;
}

/** Whether it tells that something is the matter: not connected, a direction that fails, or subscriptions that are down. */
export function tells({ connected, stream, directions }: StatusBody): boolean {
  const isFailing = Object.values(directions ?? {}).some(({ state }) => state === 'failing');
  return !connected || isFailing || (stream !== null && stream.enabled && !stream.up);
}
