import { toRow } from '../harness/to-row.ts';
import type { Suite } from '../harness/suite.ts';
import { createArrivalCounter } from '../measure/create-arrival-counter.ts';
import { quantile } from '../measure/summarize.ts';

const name = 'stranger';
/** Between two messages of the listed sender, so that each is measured alone. */
const gapMs = 25;
/** After this long without news, what is missing is lost. */
const quietMs = 10_000;

export const stranger: Suite = {
  name,
  what: "a listed sender's message while a stranger writes 10,000 in closed mode, beside the same in calm",
  target: 'p50 ratio <= 2; nothing of the stranger reaches the agent',
  async run(context) {
    const flood = context.pick(10_000, 64);
    const sample = context.pick(40, 3);
    const [server, friend, intruder] = await Promise.all([context.server(), context.bareSdk(), context.bareSdk()]);
    await server.allow([friend.address]);
    const counter = createArrivalCounter();
    context.defer(await server.events(counter.add));
    await friend.call('prepare', [server.address]);
    await intruder.call('prepare', [server.address]);

    /** Median milliseconds from the network's stamp to the event. */
    const latency = async () => {
      await friend.call('sendPaced', { to: server.address, count: sample, gapMs });
      const arrivals = await counter.take(sample, quietMs);
      if (arrivals.length !== sample) throw new Error(`${arrivals.length} of ${sample} messages arrived`);
      return quantile(
        arrivals.map(({ stampedAt, receivedAt }) => receivedAt - stampedAt),
        0.5,
      );
    };

    context.progress('warming up');
    await latency();
    const flooded: number[] = [];
    context.progress('a stranger writes');
    const over = new AbortController();
    const intrusion = intruder
      .call('sendBest', { to: [server.address], count: flood, callers: 1 })
      .finally(() => over.abort());
    do flooded.push(await latency());
    while (!over.signal.aborted);
    await intrusion;
    // What the stranger wrote would be among the arrivals by now.
    const intruded = await counter.take(1, context.pick(2_000, 200));
    if (intruded.length > 0) throw new Error('a message of the stranger reached the agent');
    context.progress('calm');
    const calm: number[] = [];
    for (const _ of flooded) calm.push(await latency());

    return [
      toRow({
        name,
        measure: 'ms, p50 from stamp to event',
        ours: flooded,
        peer: { name: 'calm', values: calm },
        target: { of: 'ratio', is: '<=', limit: 2 },
      }),
    ];
  },
};
