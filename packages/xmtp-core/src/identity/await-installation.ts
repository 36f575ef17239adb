import type { NativeClient } from '../sdk/native-client.ts';
import { createPatience } from '../util/create-patience.ts';

const limitMs = 30_000;

/**
 * The installations of the inbox, once this one is among them. What was registered just now, a node of the decentralised network shows
 * only when the chain has brought it there: until then its silence means nothing. After half a minute, what there is.
 */
export async function awaitInstallation(
  client: Pick<NativeClient, 'installations' | 'installationId'>,
  { elapsed, random }: { elapsed: () => number; random: () => number },
): Promise<string[]> {
  const patience = createPatience({ limitMs, elapsed, random });
  for (;;) {
    const installations = await client.installations();
    if (installations.includes(client.installationId) || !(await patience())) return installations;
  }
}
