import type { Row, Target } from '../harness/to-row.ts';
import { toRow } from '../harness/to-row.ts';
import type { Context } from '../harness/suite.ts';
import { interleave } from '../measure/interleave.ts';

/** Whom our server is measured beside, and how fast each of them sends. */
type PeerName = 'naive' | 'best' | 'agent-sdk';

export interface CompareSendersOptions {
  name: string;
  callers: number;
  recipients: number;
  /** Messages that each side sends in a round; six rounds of them must stay below 5,000 requests. */
  counts: { ours: number } & Partial<Record<PeerName, number>>;
  /** The line with the target first; the others are reported. */
  target: { peer: PeerName; target: Target };
}

/** Sends the same way with our server and with each peer in turn: one row for each peer, in messages per second. */
export async function compareSenders(context: Context, options: CompareSendersOptions): Promise<Row[]> {
  const { name, callers, recipients, counts } = options;
  // Each with its own client: the SDK makes a client that has asked 5,000 times in a minute wait for the next minute.
  const own = context.minute ? context.shared : context;
  const server = await own.server();
  const naive = counts.naive === undefined ? null : await own.bareSdk();
  const best = counts.best === undefined ? null : await own.bareSdk();
  const agentSdk = counts['agent-sdk'] === undefined ? null : await own.agentSdk();
  const to = await context.shared.recipients(context.pick(recipients, Math.min(recipients, 4)));
  const rate = async (count: number, send: (count: number) => Promise<number>) => {
    const sent = context.pick(count, 16);
    return (sent / (await send(sent))) * 1_000;
  };

  context.progress('making the conversations');
  for (const peer of [naive, best, agentSdk]) await peer?.call('prepare', to);
  await server.send({ to, count: to.length, callers: 1 });

  const ways: Record<PeerName, (count: number) => Promise<number>> = {
    naive: (count) => naive!.call('sendNaive', { to, count, callers }),
    best: (count) => best!.call('sendBest', { to, count, callers: 1 }),
    'agent-sdk': (count) => agentSdk!.call('sendNaive', { to, count, callers }),
  };
  const peers = (Object.keys(ways) as PeerName[]).filter((peer) => counts[peer] !== undefined);
  const values = await interleave({
    contenders: {
      ours: () => rate(counts.ours, (count) => server.send({ to, count, callers })),
      ...(Object.fromEntries(peers.map((peer) => [peer, () => rate(counts[peer]!, ways[peer])])) as Record<
        PeerName,
        () => Promise<number>
      >),
    },
    rounds: context.pick(5, 1),
    warmUp: context.pick(1, 0),
    onRound: (round, of) => context.progress(round < 0 ? 'warming up' : `round ${round + 1} of ${of}`),
  });

  const first = options.target.peer;
  return [first, ...peers.filter((peer) => peer !== first)].map((peer) =>
    toRow({
      name,
      measure: 'messages/s',
      ours: values.ours,
      peer: { name: peer, values: values[peer] },
      target: peer === first ? options.target.target : undefined,
    }),
  );
}
