import { setTimeout as delay } from 'node:timers/promises';
import { toRow } from '../harness/to-row.ts';
import type { Suite } from '../harness/suite.ts';
import { createArrivalCounter } from '../measure/create-arrival-counter.ts';
import { residentMemory } from '../measure/resident-memory.ts';
import { quantile } from '../measure/summarize.ts';
import type { BareSdk } from '../peers/start-bare-sdk.ts';

const name = 'growth.busy';
/** After this long without news, what is missing is lost. */
const quietMs = 20_000;
/** People who write, all at once: one client would be near the SDK's limit. */
const writers = 4;

export const growthBusy: Suite = {
  name,
  what: 'from the stamp to the SSE line, 17 messages a second: into 1,000 conversations, each once in a minute, beside 12; and replies meanwhile',
  target: 'p50 <= 2 times; a reply < 1 s',
  async run(context) {
    const server = await (context.minute ? context.shared : context).server();
    const counter = createArrivalCounter();
    let unfollow = () => {};
    context.defer(() => unfollow());
    const people: { person: BareSdk; ids: string[] }[] = [];
    while (people.length < (context.minute ? 1 : writers)) {
      people.push({ person: await (context.minute ? context.shared.correspondent() : context.bareSdk()), ids: [] });
    }
    await server.allow(people.map(({ person }) => person.address));
    const sizes = context.minute ? [1, 2] : [12, 1_000];
    const count = context.pick(1_000 / writers, 4);
    const gapMs = context.pick((60_000 / 1_000) * writers, 20);

    /** Milliseconds of each message, and of replies to somebody, one after the other and one a second. */
    const measure = async () => {
      const sending = Promise.all(people.map(({ person, ids }) => person.call('sendToGroups', { ids, count, gapMs })));
      const replies: number[] = [];
      const to = [people[0]!.person.address];
      for (let left = context.pick(50, 2); left > 0; left -= 1) {
        replies.push(await server.send({ to, count: 1, callers: 1 }));
        await delay(context.pick(1_000, 10));
      }
      await sending;
      const arrivals = await counter.take(count * people.length, quietMs);
      if (arrivals.length < count * people.length) {
        throw new Error(`${arrivals.length} of ${count * people.length} messages arrived`);
      }
      return { waits: arrivals.map(({ stampedAt, receivedAt }) => receivedAt - stampedAt), replies };
    };

    const found = [];
    let opened = 0;
    for (const size of sizes) {
      context.progress(`opening ${size} conversations`);
      const more = Math.ceil((size - opened) / people.length);
      for (const { person, ids } of people) {
        ids.push(...(await person.call('openGroups', { members: [server.address], count: more })));
      }
      opened = size;
      // Opening them asked the network for more than a minute has; and each is written to for the first time once.
      if (!context.minute) await server.restart();
      unfollow();
      unfollow = await server.events(counter.add, 'now');
      context.progress(`writing into ${size} conversations`);
      const first = await measure();
      const then = context.minute ? first : await measure();
      found.push({ ...then, first: first.waits, megabytes: (await residentMemory(server.pid)) / 2 ** 20 });
    }
    const [few, many] = [found[0]!, found[1]!];
    const between = (values: readonly number[]) => [0.25, 0.5, 0.75].map((part) => quantile(values, part));
    const slowest = (values: readonly number[]) => Math.round(quantile(values, 0.99));
    const peer = `${sizes[0]} conversations`;
    return [
      toRow({
        name,
        measure: `ms, p50, ${sizes[1]} conversations`,
        ours: between(many.waits),
        peer: { name: peer, values: between(few.waits) },
        target: { of: 'ratio', is: '<=', limit: 2 },
        note: `O(1) while nothing is reconciled; p99 ${slowest(many.waits)} beside ${slowest(few.waits)} ms; the first minute after a start ${slowest(many.first)}`,
      }),
      toRow({
        name,
        measure: 'ms a reply meanwhile, p50',
        ours: between(many.replies),
        peer: { name: peer, values: between(few.replies) },
        target: { of: 'value', is: '<', limit: 1_000 },
        note: `O(1); p99 ${slowest(many.replies)} beside ${slowest(few.replies)} ms`,
      }),
      toRow({
        name,
        measure: 'MB after it',
        ours: [many.megabytes],
        peer: { name: peer, values: [few.megabytes] },
        target: { of: 'ratio', is: '<=', limit: 1.5 },
        note: 'O(conversations), kilobytes each',
      }),
    ];
  },
};
