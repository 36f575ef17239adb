import { type Row, toRow } from '../harness/to-row.ts';
import type { Context, Suite } from '../harness/suite.ts';
import type { BareSdk } from '../peers/start-bare-sdk.ts';
import type { Server } from '../peers/launch-server.ts';

const name = 'growth';
/** Enough callers to fill a conversation quickly. */
const fillers = 64;

/** Messages between two new beginnings: five calls for three, and half of a minute of 5,000 is free of pacing. */
const fillAtMost = 1_400;
/** Conversations that one client opens; each costs it about ten requests. */
const openAtMost = 250;

/** Who is measured. The bare SDK's process changes when it begins anew. */
interface Sides {
  readonly server: Server;
  bareSdk: BareSdk;
}

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

async function measure(context: Context, sides: Sides, to: readonly string[], size: number): Promise<Costs> {
  return {
    size,
    ours: await sendCost(context, (count) => sides.server.send({ to, count, callers: 1 })),
    bare: await sendCost(context, (count) => sides.bareSdk.call('sendNaive', { to, count, callers: 1 })),
  };
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

/** Both sides begin anew: the SDK makes a client that has asked 5,000 times in a minute wait for the next minute. */
async function renew(context: Context, sides: Sides): Promise<void> {
  if (context.minute) return;
  await sides.server.restart();
  sides.bareSdk = await sides.bareSdk.restart();
  context.defer(sides.bareSdk.stop);
}

/** More and more messages in one conversation. */
async function inOneConversation(context: Context, sides: Sides): Promise<Row[]> {
  const to = await context.shared.recipients(1);
  const costs: Costs[] = [];
  let filled = 0;
  for (const size of context.minute ? [10, 80] : [100, 1_000, 10_000]) {
    while (filled < size) {
      context.progress(`${filled} of ${size} messages`);
      const count = Math.min(size - filled, fillAtMost);
      await sides.server.send({ to, count, callers: fillers });
      await sides.bareSdk.call('sendBest', { to, count, callers: 1 });
      filled += count;
      await renew(context, sides);
    }
    context.progress(`sending at ${size} messages`);
    costs.push(await measure(context, sides, to, size));
  }
  return rows('messages in the conversation', costs);
}

/** More and more conversations, opened by people on the list; the messages go to one of them. */
async function amongConversations(context: Context, sides: Sides): Promise<Row[]> {
  const to = await context.shared.recipients(1);
  const costs: Costs[] = [];
  let opened = 0;
  for (const size of context.minute ? [2, 4] : [10, 100, 1_000]) {
    while (opened < size) {
      context.progress(`${opened} of ${size} conversations`);
      const count = Math.min(size - opened, openAtMost);
      const opener = await (context.minute ? context.shared.correspondent() : context.bareSdk());
      await sides.server.allow([opener.address]);
      await opener.call('openGroups', { members: [sides.server.address, sides.bareSdk.address], count });
      if (!context.minute) await opener.stop();
      opened += count;
    }
    await sides.bareSdk.call('catchUp');
    // In the minute form nobody minds conversations that are still on their way.
    if (!context.minute) await sides.server.synced();
    context.progress(`sending among ${size} conversations`);
    costs.push(await measure(context, sides, to, size));
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
    const sides = { server: await own.server(), bareSdk: await own.bareSdk() };
    const messages = await inOneConversation(context, sides);
    await renew(context, sides);
    return [...messages, ...(await amongConversations(context, sides))];
  },
};
