import type { Context } from '../harness/suite.ts';
import type { Arrival } from '../peers/arrival-of.ts';
import type { BareSdk } from '../peers/start-bare-sdk.ts';

/** How messages are received: our server's events, our delivery loop, and what there is beside them. */
export type ReceiverName = 'server' | 'mailbox' | 'stream' | 'safe stream' | 'agent-sdk';

export interface Receiver {
  address: string;
  /** Starts reporting. */
  listen(listener: (arrival: Arrival) => void): Promise<unknown>;
}

/** A receiver that hears `from`, in a process of its own. */
export async function openReceiver(context: Context, name: ReceiverName, from: BareSdk): Promise<Receiver> {
  const reporting = (
    child: { address: string; onEvent(listener: (event: unknown) => void): () => void },
    begin: () => Promise<unknown>,
  ): Receiver => ({
    address: child.address,
    listen: (listener) => {
      context.defer(child.onEvent((event) => listener(event as Arrival)));
      return begin();
    },
  });
  const own = context.minute ? context.shared : context;
  if (name === 'server') {
    const server = await context.shared.server();
    await server.allow([from.address]);
    return { address: server.address, listen: async (listener) => context.defer(await server.events(listener, 'now')) };
  }
  if (name === 'mailbox') {
    const mailbox = await context.mailbox();
    return reporting(mailbox, () => mailbox.call('deliver'));
  }
  if (name === 'agent-sdk') {
    const agent = await own.agentSdk();
    return reporting(agent, () => agent.call('stream'));
  }
  if (name === 'stream') {
    const sdk = await own.bareSdk();
    return reporting(sdk, () => sdk.call('stream'));
  }
  const sdk = await context.bareSdk();
  return reporting(sdk, () => sdk.call('streamSafely'));
}
