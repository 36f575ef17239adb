import type { MailboxNetwork } from '../types.ts';
import type { Bindings } from './load-sdk.ts';
import { networkEnv } from './native-types.ts';

/** The SDK's way to a network; nothing is asked yet. */
export async function buildBackend(
  bindings: Bindings,
  network: MailboxNetwork,
): Promise<InstanceType<Bindings['Backend']>> {
  const builder = new bindings.BackendBuilder(networkEnv[network.env]);
  if (network.apiUrl !== undefined) builder.setApiUrl(network.apiUrl);
  if (network.gatewayHost !== undefined) builder.setGatewayHost(network.gatewayHost);
  if (network.appVersion !== undefined) builder.setAppVersion(network.appVersion);
  return await builder.build();
}
