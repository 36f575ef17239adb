import { type Row, toRow } from '../harness/to-row.ts';
import type { Context, Suite } from '../harness/suite.ts';
import { createArrivalCounter } from '../measure/create-arrival-counter.ts';
import { interleave } from '../measure/interleave.ts';
import { quantile } from '../measure/summarize.ts';
import type { Arrival } from '../peers/arrival-of.ts';
import type { BareSdk } from '../peers/start-bare-sdk.ts';

const name = 'receive.latency';
/** Between two messages, so that each is measured alone and the writer stays below 5,000 requests a minute. */
const gapMs = 25;
/** After this long without news, what is missing is lost. */
const quietMs = 5_000;

interface Receiver {
  address: string;
  /** Starts reporting. */
  listen(listener: (arrival: Arrival) => void): Promise<unknown>;
}

/** Latencies of one round. */
type Round = readonly number[];

/** Has `correspondent` write to a receiver; `send` resolves to the milliseconds from the network's stamp to the receiver. */
async function listenTo(correspondent: BareSdk, receiver: Receiver, who: string, count: number) {
  const counter = createArrivalCounter();
  await receiver.listen(counter.add);
  await correspondent.call('prepare', [receiver.address]);
  return async (): Promise<Round> => {
    await correspondent.call('sendPaced', { to: receiver.address, count, gapMs });
    const arrivals = await counter.take(count, quietMs);
    // A stream that loses one is slow for ever on that one; it is not allowed to look fast.
    if (arrivals.length !== count) throw new Error(`${who} received ${arrivals.length} of ${count} messages`);
    return arrivals.map(({ stampedAt, receivedAt }) => receivedAt - stampedAt);
  };
}

async function receivers(
  context: Context,
  correspondent: BareSdk,
): Promise<Record<'ours' | 'stream' | 'agent-sdk', Receiver>> {
  const [server, bareSdk, agentSdk] = await Promise.all([
    context.shared.server(),
    context.shared.bareSdk(),
    context.shared.agentSdk(),
  ]);
  await server.allow([correspondent.address]);
  return {
    ours: { address: server.address, listen: async (listener) => context.defer(await server.events(listener)) },
    stream: {
      address: bareSdk.address,
      listen: (listener) => {
        context.defer(bareSdk.onEvent((event) => listener(event as Arrival)));
        return bareSdk.call('stream');
      },
    },
    'agent-sdk': {
      address: agentSdk.address,
      listen: (listener) => {
        context.defer(agentSdk.onEvent((event) => listener(event as Arrival)));
        return agentSdk.call('stream');
      },
    },
  };
}

export const receiveLatency: Suite = {
  name,
  what: "from the network's stamp to the SSE line, beside the SDK's stream callback; one message at a time",
  target: 'p50 ratio <= 1.2; p99 ratio <= 1.5',
  async run(context) {
    const count = context.pick(150, 5);
    const correspondent = await context.shared.correspondent();
    const all = await receivers(context, correspondent);
    const rounds: Record<string, Round[]> = {};
    const contenders: Record<string, (round: number) => Promise<number>> = {};
    for (const [who, receiver] of Object.entries(all)) {
      const send = await listenTo(correspondent, receiver, who, count);
      const measured: Round[] = [];
      rounds[who] = measured;
      contenders[who] = async (round) => {
        const latencies = await send();
        if (round >= 0) measured.push(latencies);
        return quantile(latencies, 0.5);
      };
    }
    await interleave({
      contenders,
      rounds: context.pick(5, 1),
      warmUp: context.pick(1, 0),
      onRound: (round, of) => context.progress(round < 0 ? 'warming up' : `round ${round + 1} of ${of}`),
    });

    const row = (label: string, q: number, peer: string, limit?: number): Row =>
      toRow({
        name,
        measure: `ms, ${label}`,
        ours: rounds['ours']!.map((round) => quantile(round, q)),
        peer: { name: peer, values: rounds[peer]!.map((round) => quantile(round, q)) },
        target: limit === undefined ? undefined : { of: 'ratio', is: '<=', limit },
      });
    return [
      row('p50', 0.5, 'stream', 1.2),
      row('p99', 0.99, 'stream', 1.5),
      row('p50', 0.5, 'agent-sdk'),
      row('p99', 0.99, 'agent-sdk'),
    ];
  },
};
