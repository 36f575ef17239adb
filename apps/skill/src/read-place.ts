import { parse } from 'dotenv';
import { marker } from './marker.ts';
import type { Place } from './assign-places.ts';

/** What an earlier deployment wrote of the place of an agent. @param environment Its `xmtp.env`, `null` for none. */
export function readPlace(environment: string | null): Partial<Place> {
  // Only what this program wrote is ours to go on with.
  if (environment === null || !environment.includes(marker)) return {};
  const { PORT, XMTP_AGENT, XMTP_BASE_PATH: basePath = '' } = parse(environment);
  const port = Number(PORT);
  return {
    ...(Number.isInteger(port) && port > 0 && port <= 65_535 ? { port, basePath } : {}),
    ...(XMTP_AGENT !== undefined && /^[\w.-]{1,128}$/u.test(XMTP_AGENT) ? { id: XMTP_AGENT } : {}),
  };
}
