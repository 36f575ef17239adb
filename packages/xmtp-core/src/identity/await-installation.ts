import { backoffMs } from '@xmtp-messaging/errors';
import type { NativeClient } from '../sdk/native-client.ts';
import { pause } from '../util/pause.ts';

/** Together about half a minute. */
const looks = 20;

/**
 * The installations of the inbox, once this one is among them. What was registered just now, a node of the decentralised network shows
 * only when the chain has brought it there: until then its silence means nothing. After half a minute, what there is.
 */
export async function awaitInstallation(
  client: Pick<NativeClient, 'installations' | 'installationId'>,
  { random }: { random: () => number },
): Promise<string[]> {
  for (let look = 1; ; look += 1) {
    const installations = await client.installations();
    if (look === looks || installations.includes(client.installationId)) return installations;
    await pause(backoffMs(look, { baseMs: 100, maxMs: 2_000, random }), new AbortController().signal);
  }
}
