import { DatabaseSync } from 'node:sqlite';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { createMemoryStage } from '../../test/create-memory-stage.ts';
import type { Address } from '../index.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 3);
const dayMs = 86_400_000;
const journalMs = 2 * dayMs;
const messagesMs = 9 * dayMs;
const keyLifeMs = 7 * dayMs;
const people: readonly Address[] = [`0x${'a1'.repeat(20)}`, `0x${'b2'.repeat(20)}`];
const peer: Address = `0x${'c3'.repeat(20)}`;

interface Written {
  id: string;
  /** By the clock of those who look at it. */
  at: number;
  state: 'pending' | 'dead' | 'delivered';
}
interface Model {
  written: Written[];
  keys: { key: string; id: string; at: number }[];
  /** Deleted once, whatever brought them back. */
  gone: Set<string>;
  /** Keys that were answered with another message than theirs. */
  broken: string[];
}
interface Real {
  stage: Awaited<ReturnType<typeof createMemoryStage>>;
  /** How often the agent was told of each message. */
  told: Map<string, number>;
}

async function check(model: Model, { stage, told }: Real): Promise<void> {
  for (const id of stage.network.deleted) model.gone.add(id);
  expect(model.broken).toEqual([]);
  for (const [id, times] of told) expect(times, id).toBe(1);
  const mailbox = stage.mailbox()!;
  const listed = new Map((await mailbox.inbox.list({ limit: 1_000 })).map((each) => [each.messageId, each]));
  for (const { id, state } of model.written) {
    if (state === 'delivered') {
      // By its id and in full, for as long as the database holds it.
      if (!model.gone.has(id)) expect(await mailbox.inbox.get(id)).toMatchObject({ state });
    } else {
      expect(model.gone.has(id)).toBe(false);
      expect(listed.get(id)).toMatchObject({ state });
    }
  }
}

const nowOf = ({ stage }: Real) => stage.clock.now();
const command = (name: string, run: (model: Model, real: Real) => Promise<void>): fc.AsyncCommand<Model, Real> => ({
  check: () => true,
  async run(model, real) {
    real.stage.clock.advance(1_000);
    await run(model, real);
    await check(model, real);
  },
  toString: () => name,
});
const always = (name: string, run: (model: Model, real: Real) => Promise<void>) => fc.constant(command(name, run));

const writes = fc.tuple(fc.constantFrom(...people), fc.constantFrom(null, 'group')).map(([from, group]) =>
  command(`${from.slice(0, 4)} writes ${group ?? 'directly'}`, async (model, real) => {
    const at = nowOf(real);
    const id = await real.stage.post(from, group, '');
    model.written.push({ id, at, state: 'pending' });
  }),
);
const settles = fc.tuple(fc.nat({ max: 20 }), fc.constantFrom('delivered', 'dead')).map(([index, state]) =>
  command(`${index} becomes ${state}`, async ({ written }, { stage }) => {
    const message = written.filter((each) => each.state === 'pending')[index];
    if (message === undefined) return;
    message.state = state;
    if (state === 'delivered') stage.mailbox()!.inbox.ack(message.id);
    else stage.mailbox()!.inbox.bury(message.id, 'no');
  }),
);
const sends = fc.constantFrom('k1', 'k2', 'k3').map((key) =>
  command(`send under ${key}`, async (model, real) => {
    const at = nowOf(real);
    const { messageId } = await real.stage
      .mailbox()!
      .send({ to: { address: peer }, text: 'said', idempotencyKey: key });
    const known = model.keys.find((each) => each.key === key);
    if (known !== undefined && at - known.at < keyLifeMs) {
      if (messageId !== known.id) model.broken.push(key);
    }
    if (known?.id === messageId) return;
    model.keys = model.keys.filter((each) => each.key !== key);
    model.keys.push({ key, id: messageId, at });
  }),
);
const change = async ({ stage }: Real, sql: string) => {
  await stage.close();
  const database = new DatabaseSync(stage.journalPath);
  database.exec(sql);
  database.close();
  await stage.open();
  await stage.ringAll();
};
/** What makes a mailbox look at old messages again. */
const lookBack = fc.oneof(
  always('the clock is set back by 20 days, and forwards', async (_, { stage }) => {
    stage.clock.advance(-20 * dayMs);
    await stage.close();
    await stage.open();
    await stage.ringAll();
    stage.clock.advance(20 * dayMs);
  }),
  always('the cursor is at the beginning', async (_, real) => {
    await change(real, "update meta set value = '0' where key = 'cursor-ns'");
  }),
);
const isImported = always('history is imported', async (_, { stage }) => {
  const insertedAtNs = BigInt(stage.clock.now()) * 1_000_000n;
  for (const message of [...stage.network.groups.values()].flatMap(({ posted }) => posted)) {
    if (stage.network.deleted.delete(message.id)) message.insertedAtNs = insertedAtNs;
  }
  await stage.ringAll();
});
const commands = fc.commands(
  [
    writes,
    writes,
    settles,
    always('all is handled', async ({ written }, { stage }) => {
      for (const message of written.filter(({ state }) => state === 'pending')) {
        message.state = 'delivered';
        stage.mailbox()!.inbox.ack(message.id);
      }
    }),
    sends,
    fc.constantFrom(3, 10, 10).map((days) =>
      command(`after ${days} days it is pruned`, async (_, { stage }) => {
        stage.clock.advance(days * dayMs);
        await stage.ringAll();
        await stage.mailbox()!.prune();
      }),
    ),
    lookBack,
    isImported,
  ],
  { maxCommands: 30, size: 'max' },
);

test.prop([commands], { numRuns })(
  'whatever was removed, a message is told once, a key answers its message, and nothing that is open is gone',
  async (steps) => {
    const told = new Map<string, number>();
    const stage = await createMemoryStage({
      journalMs,
      messagesMs,
      historicalAfterMs: 3_600_000,
      onEvent({ name, details }) {
        const id = String(details['messageId']);
        if (name === 'message-admitted') told.set(id, (told.get(id) ?? 0) + 1);
      },
    });
    try {
      for (const person of people) stage.join(person, 'group');
      const model: Model = { written: [], keys: [], gone: new Set(), broken: [] };
      await fc.asyncModelRun(() => ({ model, real: { stage, told } }), steps);
    } finally {
      await stage.end();
    }
  },
  60_000 + numRuns * 5_000,
);
