import { fc, test } from '@fast-check/vitest';
import { expect, test as table } from 'vitest';
import type { Address, Envelope, Verdict } from '../index.ts';
import { createMemoryStage } from '../../test/create-memory-stage.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 12);
const dayMs = 86_400_000;
const keepMs = 3 * dayMs;
const people: readonly Address[] = [`0x${'a1'.repeat(20)}`, `0x${'b2'.repeat(20)}`];
const names = ['ann', 'bob'] as const;
type Standing = 'heard' | 'unlisted' | 'denied';

/** What one who reads the rules expects. Times are of the network, in order. */
interface Listable {
  listed: boolean;
  denied: boolean;
  /** As the mailbox saw it last. */
  seen: Standing;
  /** Nothing that was sent before is ever shown. */
  from: number;
  heardSince: number;
}
interface Person extends Listable {
  written: { id: string; place: string; at: number; fate: 'heard' | 'knock' | 'dropped' | 'waits' }[];
}
interface Model {
  persons: Person[];
  group: Listable;
  isOpenMode: boolean;
  isOpen: boolean;
  closedAt: number;
}
type Stage = Awaited<ReturnType<typeof createMemoryStage>>;
interface Real {
  stage: Stage;
  listed: Set<Address>;
  denied: Set<Address>;
  mode: { open: boolean };
  group: { listed: boolean };
  knocks: 'shown' | 'dropped';
}

const standingOf = (each: Listable, isOpenMode: boolean): Standing =>
  each.denied ? 'denied' : each.listed || isOpenMode ? 'heard' : 'unlisted';
const nobody = (): Listable => ({ listed: false, denied: false, seen: 'unlisted', from: 0, heardSince: 0 });

/** The mailbox looks at the lists, which changed at `at` for all that it knows. */
function look(model: Model, at: number, real: Real): void {
  const { knocks } = real;
  const update = (each: Listable, now: Standing) => {
    if (now === each.seen) return;
    if (each.seen === 'denied') each.from = at;
    if (now === 'heard') {
      each.heardSince = at;
      // Older text is gone when it is noticed, whenever he was listed.
      each.from = Math.max(each.from, nowOf(real) - keepMs);
    }
    each.seen = now;
  };
  update(model.group, standingOf(model.group, false));
  for (const person of model.persons) {
    update(person, standingOf(person, model.isOpenMode));
    for (const each of person.written) {
      if (each.fate === 'heard' || each.fate === 'knock') continue;
      const standings = each.place === 'group' ? [person, model.group] : [person];
      const isAdmitted = standings.every(({ seen }) => seen === 'heard');
      const isKnock = standings.some(({ heardSince }) => heardSince > each.at);
      const isKept =
        knocks === 'shown' && standings.every(({ heardSince, from }) => heardSince <= each.at || from <= each.at);
      const fate = isKnock && isKept ? 'knock' : isKnock ? 'dropped' : 'heard';
      each.fate = isAdmitted ? fate : 'dropped';
    }
  }
}

async function compare(model: Model, { stage }: Real): Promise<void> {
  const mailbox = stage.mailbox();
  if (mailbox === null) return;
  const shown = await mailbox.inbox.list({ limit: 1_000 });
  const expected = model.persons.flatMap(({ written }) =>
    written.filter(({ fate }) => fate === 'heard' || fate === 'knock').map(({ id, fate }) => `${fate} ${id}`),
  );
  const got = shown.map(({ messageId, knock }) => `${knock ? 'knock' : 'heard'} ${messageId}`);
  expect(got.toSorted()).toEqual(expected.toSorted());
  // In the order in which they were said, wherever they were.
  for (const { written } of model.persons) {
    for (const place of ['dm', 'group']) {
      const said = written.filter((each) => each.place === place).map(({ id }) => id);
      const order = shown.map(({ messageId }) => said.indexOf(messageId)).filter((index) => index !== -1);
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }
  }
}

type Step = (model: Model, real: Real) => Promise<void>;
const command = (name: string, step: Step): fc.AsyncCommand<Model, Real> => ({
  check: () => true,
  async run(model, real) {
    // Nothing happens in the same moment as anything else.
    real.stage.clock.advance(1_000);
    await step(model, real);
    await compare(model, real);
  },
  toString: () => name,
});
const who = fc.constantFrom(0, 1);
const nowOf = ({ stage }: Real) => stage.clock.now();

const writes = fc.tuple(who, fc.constantFrom(null, 'group')).map(([index, group]) =>
  command(`${names[index]} writes ${group === null ? 'directly' : 'in the group'}`, async (model, real) => {
    const person = model.persons[index]!;
    const at = nowOf(real);
    const id = await real.stage.post(people[index]!, group, `${at}`);
    const isHeard = person.seen === 'heard' && (group === null || model.group.seen === 'heard');
    const fate = model.isOpen ? (isHeard ? 'heard' : 'dropped') : 'waits';
    person.written.push({ id, place: group ?? 'dm', at, fate });
  }),
);
const changes = (name: string, change: (model: Model, real: Real, index: number) => void) =>
  who.map((index) =>
    command(`${name} ${names[index]}`, async (model, real) => {
      change(model, real, index);
      if (!model.isOpen) return;
      look(model, nowOf(real), real);
      await real.stage.mailbox()!.reconsider();
    }),
  );
const listsGroup = fc.constant(
  command('list or unlist the group', async (model, real) => {
    model.group.listed = !model.group.listed;
    real.group.listed = model.group.listed;
    if (!model.isOpen) return;
    look(model, nowOf(real), real);
    await real.stage.mailbox()!.reconsider();
  }),
);
const put = (list: 'listed' | 'denied', isOn: boolean) => (model: Model, real: Real, index: number) => {
  model.persons[index]![list] = isOn;
  real[list][isOn ? 'add' : 'delete'](people[index]!);
};
const reopen: Step = async (model, real) => {
  look(model, model.closedAt, real);
  model.isOpen = true;
  await real.stage.open();
};
const close: Step = async (model, real) => {
  model.isOpen = false;
  model.closedAt = nowOf(real);
  await real.stage.close();
};

const commands = fc.commands(
  [
    writes,
    writes,
    writes,
    listsGroup,
    changes('list', put('listed', true)),
    changes('unlist', put('listed', false)),
    changes('deny', put('denied', true)),
    changes('undeny', put('denied', false)),
    changes('open or close the mode, whoever asks:', (model, real) => {
      model.isOpenMode = !model.isOpenMode;
      real.mode.open = model.isOpenMode;
    }),
    fc.constant(command('close or open', async (model, real) => await (model.isOpen ? close : reopen)(model, real))),
    fc.constant(
      command('restart', async (model, real) => {
        if (model.isOpen) await close(model, real);
        real.stage.clock.advance(1_000);
        await reopen(model, real);
      }),
    ),
    fc.constantFrom(dayMs, keepMs + 1).map((ms) =>
      command(`${ms / dayMs} days go by`, async (_, { stage }) => {
        stage.clock.advance(ms);
      }),
    ),
  ],
  { maxCommands: 30, size: 'max' },
);

test.prop([commands, fc.constantFrom('dropped', 'shown')], { numRuns })(
  'whoever is heard loses nothing, and of what was written before it is all that is shown or none, whatever happens',
  async (steps, knocks) => {
    const [listed, denied, mode, group] = [new Set<Address>(), new Set<Address>(), { open: false }, { listed: false }];
    const isAllowed = (address: Address) => (mode.open || listed.has(address)) && !denied.has(address);
    const admit = ({ senderAddresses, conversationType }: Envelope): Verdict =>
      senderAddresses.some(isAllowed) && (conversationType === 'dm' || group.listed)
        ? { admit: true, sender: 'allowlisted' }
        : { admit: false, reason: 'not-listed' };
    let groupId = '';
    const stage = await createMemoryStage({
      isAllowed,
      isExpected: (address) => listed.has(address) && !denied.has(address),
      admit,
      lists: () => ({ mode: mode.open ? 'open' : 'closed', listed: new Set(listed), denied: new Set(denied) }),
      groupPolicy: () => ({
        mode: 'listed-groups',
        isListed: () => group.listed,
        listed: () => new Set(group.listed ? [groupId] : []),
      }),
      knocks,
      droppedTextMs: keepMs,
    });
    try {
      for (const person of people) groupId = stage.join(person, 'group');
      const persons = people.map((): Person => ({ ...nobody(), written: [] }));
      const model = { persons, group: nobody(), isOpenMode: false, isOpen: true, closedAt: 0 };
      await fc.asyncModelRun(() => ({ model, real: { stage, listed, denied, mode, group, knocks } }), steps);
    } finally {
      await stage.end();
    }
  },
  // Each run opens and closes a mailbox several times.
  60_000 + numRuns * 5_000,
);

table('what lay in a conversation that was denied says nothing of the clocks', async () => {
  const ann: Address = `0x${'a1'.repeat(20)}`;
  const [mode, group] = [{ open: false }, { listed: false }];
  let groupId = '';
  const stage = await createMemoryStage({
    isAllowed: () => mode.open,
    admit: ({ conversationType }) =>
      mode.open && (conversationType === 'dm' || group.listed)
        ? { admit: true, sender: 'unknown' }
        : { admit: false, reason: 'not-listed' },
    lists: () => ({ mode: mode.open ? 'open' : 'closed', listed: new Set(), denied: new Set() }),
    groupPolicy: () => ({
      mode: 'listed-groups',
      isListed: () => group.listed,
      listed: () => new Set(group.listed ? [groupId] : []),
    }),
  });
  try {
    groupId = stage.join(ann, 'group');
    const after = async (work: () => Promise<unknown>) => {
      stage.clock.advance(1_000);
      await work();
    };
    await after(() => stage.post(ann, null, 'dropped'));
    await after(() => stage.close());
    await after(() => stage.post(ann, null, 'heard'));
    await after(() => stage.post(ann, 'group', 'before the group was listed'));
    mode.open = true;
    await after(() => stage.open());
    group.listed = true;
    await after(() => stage.mailbox()!.reconsider());
    expect((await stage.mailbox()!.inbox.list()).map(({ text }) => text)).toEqual(['heard']);
  } finally {
    await stage.end();
  }
});
