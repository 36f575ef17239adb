import { askIdentityBudget, describeHome } from '@xmtp-messaging/xmtp-core';
import { checkBudget } from './check-server.ts';
import { nodeUrl } from './check-network.ts';
import { type Finding, ok, type Subject, warn } from './types.ts';

/** What the inbox of a home has used up, asked of the network while no server runs. */
export async function checkBudgetByNetwork({ env }: Pick<Subject, 'env'>, home: string): Promise<Finding[]> {
  const url = nodeUrl(env);
  const inboxId = inboxOf(home);
  if (inboxId === null || url === null) return [];
  if (env['XMTP_GATEWAY_HOST'])
    return [ok('installations', 'Behind a gateway the running server tells what is used up.')];
  try {
    return checkBudget(await askIdentityBudget({ url, inboxId }));
  } catch {
    return [
      warn(
        'installations',
        'The network did not say how many installations are used.',
        'See the finding about the network.',
      ),
    ];
  }
}

/** A home that cannot be read is told of elsewhere. */
function inboxOf(home: string): string | null {
  try {
    return describeHome(home)?.inboxId ?? null;
  } catch {
    return null;
  }
}
