import type { MailboxNetwork } from '../types.ts';
import { createGovernor } from './create-governor.ts';
import { productionNetworkLimits } from './limits.ts';
import type { Governor } from './types.ts';

const governors = new Map<string, Governor>();

/** The governor that all mailboxes of this process on a network share unless they are given another. */
export function defaultGovernor(network: MailboxNetwork): Governor {
  const { env, apiUrl = '', gatewayHost = '' } = network;
  const key = JSON.stringify([env, apiUrl, gatewayHost]);
  let governor = governors.get(key);
  if (governor === undefined) {
    // A network of one's own and a gateway have limits of their own, if any.
    const limits = env === 'local' || gatewayHost !== '' ? null : productionNetworkLimits;
    governor = createGovernor({ limits });
    governors.set(key, governor);
  }
  return governor;
}
