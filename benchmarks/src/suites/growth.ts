import { type Row, toRow } from '../harness/row.ts';
import type { Context, Suite } from '../harness/suite.ts';
import type { BareSdk } from '../peers/bare-sdk.ts';
import type { Server } from '../peers/server.ts';

const name = 'growth';
/** Enough callers to fill a conversation quickly. */
const fillers = 64;

/** Milliseconds for each message when one caller sends, in several rounds. */
async function sendCost(context: Context, send: (count: number) => Promise<number>): Promise<number[]> {
  const count = context.pick(100, 4);
  const costs: number[] = [];
  for (let round = 0; round < context.pick(5, 1); round += 1) costs.push((await send(count)) / count);
  return costs;
}

/** Ours and the bare SDK's cost at each size, one row for each size against the smallest. */
interface Costs {
  size: number;
  ours: number[];
  bare: number[];
}

function rows(what: string, costs: readonly Costs[]): Row[] {
  const first = costs[0]!;
  const bareGrowth = (at: Costs) => Math.round((100 * Math.min(...at.bare)) / Math.min(...first.bare)) / 100;
  return costs.slice(1).map((at) =>
    toRow({
      name,
      measure: `ms a message, ${at.size} ${what}`,
      ours: at.ours,
      peer: { name: `at ${first.size}`, values: first.ours },
      target: { of: 'ratio', is: '<=', limit: 1.5 },
      note: `the bare SDK's own cost grows ${bareGrowth(at)} times`,
    }),
  );
}

/** More and more messages in one conversation. */
async function inOneConversation(context: Context, server: Server, bareSdk: BareSdk): Promise<Row[]> {
  const to = await context.shared.recipients(1);
  const costs: Costs[] = [];
  let filled = 0;
  for (const size of context.minute ? [10, 80] : [100, 1_000, 10_000]) {
    context.progress(`filling up to ${size} messages`);
    await server.send({ to, count: size - filled, callers: fillers });
    await bareSdk.call('sendBest', { to, count: size - filled, callers: 1 });
    filled = size;
    context.progress(`sending at ${size} messages`);
    costs.push({
      size,
      ours: await sendCost(context, (count) => server.send({ to, count, callers: 1 })),
      bare: await sendCost(context, (count) => bareSdk.call('sendNaive', { to, count, callers: 1 })),
    });
  }
  return rows('messages in the conversation', costs);
}

/** More and more conversations, opened by somebody on the list; the messages go to one of them. */
async function amongConversations(context: Context, server: Server, bareSdk: BareSdk): Promise<Row[]> {
  const to = await context.shared.recipients(1);
  const correspondent = await context.shared.correspondent();
  await server.allow([correspondent.address]);
  const costs: Costs[] = [];
  let opened = 0;
  for (const size of context.minute ? [2, 4] : [10, 100, 1_000]) {
    context.progress(`opening up to ${size} conversations`);
    const count = size - opened;
    await correspondent.call('openGroups', { members: [server.address, bareSdk.address], count });
    await bareSdk.call('catchUp');
    // In the minute form nobody minds conversations that are still on their way.
    if (!context.minute) await server.synced();
    opened = size;
    context.progress(`sending among ${size} conversations`);
    costs.push({
      size,
      ours: await sendCost(context, (messages) => server.send({ to, count: messages, callers: 1 })),
      bare: await sendCost(context, (messages) => bareSdk.call('sendNaive', { to, count: messages, callers: 1 })),
    });
  }
  return rows('conversations', costs);
}

export const growth: Suite = {
  name,
  what: 'the cost of a send at 100, 1,000 and 10,000 messages in a conversation, and among 10, 100 and 1,000 conversations',
  target: 'within 1.5 of the smallest',
  async run(context) {
    // Its own, without the conversations of the others; the minute form need not be so strict.
    const own = context.minute ? context.shared : context;
    const [server, bareSdk] = [await own.server(), await own.bareSdk()];
    const messages = await inOneConversation(context, server, bareSdk);
    return [...messages, ...(await amongConversations(context, server, bareSdk))];
  },
};
