import { toRow } from '../harness/to-row.ts';
import type { Suite } from '../harness/suite.ts';
import { createArrivalCounter } from '../measure/create-arrival-counter.ts';
import { createHttpClient } from '../peers/create-http-client.ts';

const name = 'history';
/** Messages on a page, as without `limit`. */
const pageSize = 50;
/** After this long without news, what is missing is lost. */
const quietMs = 20_000;

interface Page {
  messages: { id: string }[];
  newest: string;
  oldest: string;
  more: boolean;
}

export const history: Suite = {
  name,
  what: 'pages of 50 through a conversation of 10,000 messages, 1,000 of them ours, over HTTP, newest and oldest first',
  target: 'p50 < 50 ms a page; nothing missing or twice',
  async run(context) {
    const [heard, said] = [context.pick(9_000, 60), context.pick(1_000, 20)];
    // Its own; in the minute form others have written there before.
    const own = context.minute ? context.shared : context;
    const server = await own.server();
    const friend = await (context.minute ? context.shared.correspondent() : context.bareSdk());
    await server.allow([friend.address]);
    const counter = createArrivalCounter();
    context.defer(await server.events(counter.add));
    context.progress('filling the conversation');
    await friend.call('prepare', [server.address]);
    await friend.call('sendBest', { to: [server.address], count: heard, callers: 1 });
    const arrivals = await counter.take(heard, quietMs);
    // What another row left behind may come in between.
    if (arrivals.length < heard) throw new Error(`${arrivals.length} of ${heard} messages arrived`);
    await server.send({ to: [friend.address], count: said, callers: 64 });

    const http = createHttpClient(server.url);
    context.defer(http.close);
    const { conversations } = (await http.getJson('/xmtp/conversations?limit=1')) as {
      conversations: { id: string }[];
    };
    const path = `/xmtp/conversations/${conversations[0]?.id}/messages`;

    /** Milliseconds of each page of a walk from one end to the other. */
    const walk = async (order: 'asc' | 'desc') => {
      const times: number[] = [];
      const seen: string[] = [];
      let place = '';
      for (;;) {
        const start = performance.now();
        const page = (await http.getJson(`${path}?limit=${pageSize}&order=${order}${place}`)) as Page;
        times.push(performance.now() - start);
        seen.push(...page.messages.map(({ id }) => id));
        if (!page.more) break;
        place = order === 'asc' ? `&after=${page.newest}` : `&before=${page.oldest}`;
      }
      if ((!context.minute && seen.length !== heard + said) || new Set(seen).size !== seen.length) {
        throw new Error(`${seen.length} messages, ${new Set(seen).size} of them different, of ${heard + said}`);
      }
      return { times, seen };
    };
    context.progress('reading');
    const newestFirst = await walk('desc');
    const oldestFirst = await walk('asc');
    if (!context.minute) await server.restart();
    const again = await walk('desc');
    if (again.seen.join() !== newestFirst.seen.join() || oldestFirst.seen.toReversed().join() !== again.seen.join()) {
      throw new Error('the order is another one the other way, or after a restart');
    }
    const target = { of: 'value', is: '<', limit: 50 } as const;
    const tenth = Math.ceil(newestFirst.times.length / 10);
    return [
      toRow({ name, measure: 'ms a page, newest first', ours: newestFirst.times, target }),
      toRow({ name, measure: 'ms a page, oldest first', ours: oldestFirst.times, target }),
      toRow({
        name,
        measure: 'ms a page, the last tenth of them beside the first',
        ours: newestFirst.times.slice(-tenth),
        peer: { name: 'first tenth', values: newestFirst.times.slice(0, tenth) },
        target: { of: 'ratio', is: '<=', limit: 1.5 },
        note: 'O(page), wherever it is',
      }),
    ];
  },
};
