import type { Row, Target } from '../harness/to-row.ts';
import { toRow } from '../harness/to-row.ts';
import type { Context } from '../harness/suite.ts';
import { interleave } from '../measure/interleave.ts';
import { createHttpClient } from '../peers/create-http-client.ts';
import type { SendJob } from '../peers/create-naive-sender.ts';
import { sendOverHttp } from '../peers/send-over-http.ts';
import type { BareSdk } from '../peers/start-bare-sdk.ts';
import { refuseCrowdedMinute } from './refuse-crowded-minute.ts';

/** Whom our server is measured beside, and how fast each of them sends. */
type PeerName = 'naive' | 'best' | 'agent-sdk' | 'gateway' | 'agent-sdk gateway';

export interface CompareSendersOptions {
  name: string;
  callers: number;
  recipients: number;
  /** Messages that each side sends in a round. */
  counts: { ours: number } & Partial<Record<PeerName, number>>;
  /** By peer; lines without one are reported. The first of the peers that are counted comes first. */
  targets: Partial<Record<PeerName, Target>>;
  /** Milliseconds that each call of the network takes. @default what it takes by itself */
  latencyMs?: number | undefined;
}

/** Sends the same way with our server and with each peer in turn: one row for each peer, in messages per second. */
export async function compareSenders(context: Context, options: CompareSendersOptions): Promise<Row[]> {
  const { name, callers, recipients, counts, targets, latencyMs } = options;
  const [rounds, warmUp] = [latencyMs === undefined ? 5 : 3, 1];
  refuseCrowdedMinute({ messages: counts.ours * (rounds + warmUp), callers, recipients });
  // Each with its own client: the SDK makes a client that has asked 5,000 times in a minute wait for the next minute.
  const own = context.minute ? context.shared : context;
  const server = await own.server();
  const to = await context.shared.recipients(context.pick(recipients, Math.min(recipients, 4)));

  context.progress('making the conversations');
  const peers = (Object.keys(counts) as (PeerName | 'ours')[]).filter((peer) => peer !== 'ours');
  const ways = Object.fromEntries(
    await Promise.all(peers.map(async (peer) => [peer, await openPeer(context, own, peer, to)])),
  ) as Record<PeerName, Send>;
  await server.send({ to, count: to.length, callers: 1 });
  if (latencyMs !== undefined) await context.delayCalls(latencyMs);

  const rate = async (count: number, send: Send) => {
    const sent = context.pick(count, 16);
    return (sent / (await send({ to, count: sent, callers }))) * 1_000;
  };
  const values = await interleave({
    contenders: {
      ours: () => rate(counts.ours, (job) => server.send(job)),
      ...(Object.fromEntries(peers.map((peer) => [peer, () => rate(counts[peer]!, ways[peer])])) as Record<
        PeerName,
        () => Promise<number>
      >),
    },
    rounds: context.pick(rounds, 1),
    warmUp: context.pick(warmUp, 0),
    onRound: (round, of) => context.progress(round < 0 ? 'warming up' : `round ${round + 1} of ${of}`),
  });

  return peers.map((peer) =>
    toRow({
      name,
      measure: 'messages/s',
      ours: values.ours,
      peer: { name: peer, values: values[peer] },
      target: targets[peer],
    }),
  );
}

/** Resolves to milliseconds. */
type Send = (job: SendJob) => Promise<number>;

/** Starts a peer that has a conversation with everybody in `to`. */
async function openPeer(
  context: Context,
  own: Pick<Context, 'bareSdk' | 'agentSdk'>,
  peer: PeerName,
  to: readonly string[],
): Promise<Send> {
  const child = await (peer === 'agent-sdk' || peer === 'agent-sdk gateway' ? own.agentSdk() : own.bareSdk());
  await child.call('prepare', to);
  if (peer === 'naive' || peer === 'agent-sdk') return (job) => child.call('sendNaive', job);
  if (peer === 'best') return (job) => (child as BareSdk).call('sendBest', { ...job, callers: 1 });
  const http = createHttpClient(await child.call('serve'));
  context.defer(http.close);
  return (job) => sendOverHttp(http, job);
}
