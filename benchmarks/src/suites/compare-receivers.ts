import type { Context } from '../harness/suite.ts';
import { type Row, type Target, toRow } from '../harness/to-row.ts';
import { createArrivalCounter } from '../measure/create-arrival-counter.ts';
import { interleave } from '../measure/interleave.ts';
import { quantile } from '../measure/summarize.ts';
import type { Arrival } from '../peers/arrival-of.ts';
import type { BareSdk } from '../peers/start-bare-sdk.ts';
import { type ReceiverName, openReceiver, type Receiver } from './open-receiver.ts';

/** Between two messages, so that each is measured alone and the writer stays below 5,000 requests a minute. */
const gapMs = 25;
/** After this long without news, what is missing is lost. */
const quietMs = 5_000;

export interface CompareReceiversOptions {
  name: string;
  ours: ReceiverName;
  /** In the order of the lines, with what the median and the slowest hundredth must reach. */
  peers: readonly { name: ReceiverName; p50?: number | undefined; p99?: number | undefined }[];
  /** Messages that each receives in a round. */
  count: number;
  rounds: number;
  /** Milliseconds that each call of the network takes. @default what it takes by itself */
  latencyMs?: number | undefined;
}

/** Has somebody write to each receiver in turn; milliseconds from the network's stamp until the receiver has it. */
export async function compareReceivers(context: Context, options: CompareReceiversOptions): Promise<Row[]> {
  const { name, ours, peers, latencyMs } = options;
  const count = context.pick(options.count, 5);
  const correspondent = await context.shared.correspondent();
  const latencies = new Map<ReceiverName, number[][]>();
  const contenders: Record<string, (round: number) => Promise<number>> = {};
  for (const who of [ours, ...peers.map((peer) => peer.name)]) {
    const send = await listenTo(correspondent, await openReceiver(context, who, correspondent), who, count);
    const rounds: number[][] = [];
    latencies.set(who, rounds);
    contenders[who] = async (round) => {
      const found = await send();
      if (round >= 0) rounds.push(found);
      return quantile(found, 0.5);
    };
  }
  if (latencyMs !== undefined) await context.delayCalls(latencyMs);
  await interleave({
    contenders,
    rounds: context.pick(options.rounds, 1),
    warmUp: context.pick(1, 0),
    onRound: (round, of) => context.progress(round < 0 ? 'warming up' : `round ${round + 1} of ${of}`),
  });

  const valuesOf = (who: ReceiverName, q: number) => latencies.get(who)!.map((round) => quantile(round, q));
  const row = (label: string, q: number, peer: ReceiverName, limit: number | undefined): Row => {
    const target: Target | undefined = limit === undefined ? undefined : { of: 'ratio', is: '<=', limit };
    const measure = `ms, ${label}`;
    return toRow({ name, measure, ours: valuesOf(ours, q), peer: { name: peer, values: valuesOf(peer, q) }, target });
  };
  return peers.flatMap((peer) => [row('p50', 0.5, peer.name, peer.p50), row('p99', 0.99, peer.name, peer.p99)]);
}

/** Has `correspondent` write to a receiver; `send` resolves to the milliseconds that each message took. */
async function listenTo(correspondent: BareSdk, receiver: Receiver, who: string, count: number) {
  const counter = createArrivalCounter();
  await receiver.listen(counter.add);
  await correspondent.call('prepare', [receiver.address]);
  return async (): Promise<number[]> => {
    await correspondent.call('sendPaced', { to: receiver.address, count, gapMs });
    const arrivals: Arrival[] = await counter.take(count, quietMs);
    // A stream that loses one is slow for ever on that one; it is not allowed to look fast.
    if (arrivals.length !== count) throw new Error(`${who} received ${arrivals.length} of ${count} messages`);
    return arrivals.map(({ stampedAt, receivedAt }) => receivedAt - stampedAt);
  };
}
