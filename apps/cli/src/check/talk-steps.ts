import type { CheckStep, Pair, Talker } from './types.ts';

const bellMs = 10_000;
const lookMs = 50;
/** Bytes of every value, so that a proxy that takes them for text is found out. */
const file = Uint8Array.from({ length: 1_024 }, (_, index) => index % 256);

/** What two agents do with each other: everything that a mailbox is for. */
export function talkSteps({ alice, bob }: Pair): CheckStep[] {
  let first = '';
  let group = '';
  return [
    {
      name: 'bell',
      run: async (signal) => {
        const bells = () => [alice, bob].map(({ agent }) => agent.status().bell);
        await until(() => bells().every(({ up }) => up), AbortSignal.any([signal, AbortSignal.timeout(bellMs)])).catch(
          () => signal.throwIfAborted(),
        );
        const down = bells().find(({ up }) => !up);
        if (down === undefined) return good('Both are told at once when something comes.');
        const why = down.reason === null ? '' : ` (${down.reason})`;
        return {
          level: 'warn',
          message: `No stream stays open${why}: messages are asked for every few seconds instead.`,
          next: 'A proxy that ends long gRPC streams is the usual reason.',
        };
      },
    },
    {
      name: 'message',
      run: async (signal) => {
        const start = performance.now();
        ({ id: first } = await alice.agent.send(bob.agent.address, 'A message of the check.'));
        const taken = performance.now() - start;
        await hears(bob, first, signal);
        const told = `taken after ${whole(taken)} ms, heard after ${whole(performance.now() - start)} ms`;
        return good(`A first message was ${told}.`);
      },
    },
    {
      name: 'answer',
      run: async (signal) => {
        const start = performance.now();
        const { id } = await bob.agent.send(alice.agent.address, 'An answer of the check.', { replyTo: first });
        await hears(alice, id, signal);
        return good(`An answer was heard after ${whole(performance.now() - start)} ms.`);
      },
    },
    {
      name: 'attachment',
      run: async (signal) => {
        const attachment = { filename: 'check.bin', mimeType: 'application/octet-stream', data: file };
        const { id } = await alice.agent.send(bob.agent.address, { attachment });
        await hears(bob, id, signal);
        const { bytes } = await bob.agent.attachment(id, 0, { signal });
        if (Buffer.compare(bytes, file) !== 0) throw new Error('The file came with other bytes.');
        return good(`A file of ${file.length} bytes came whole.`);
      },
    },
    {
      name: 'group',
      run: async (signal) => {
        const members = [bob.agent.address];
        ({ conversationId: group } = await alice.agent.mailbox.groups.create({ members, title: 'Check' }));
        const { id } = await alice.agent.conversations.send(group, 'A message to the group of the check.');
        await hears(bob, id, signal);
        return good('A group was made, and heard in.');
      },
    },
    {
      name: 'budget',
      run: async () => {
        const { installations, identityUpdates, budget } = alice.agent.status();
        const used = `${installations.used} of ${installations.limit} installations and ${identityUpdates.used} of ${identityUpdates.limit} identity updates`;
        return good(`${used} are used; this took ${budget.minute.used} calls of ${budget.minute.limit} in a minute.`);
      },
    },
  ];
}

const good = (message: string) => ({ level: 'ok', message, next: null }) as const;
const whole = (ms: number) => Math.round(ms);

const hears = ({ heard }: Talker, id: string, signal: AbortSignal) =>
  until(() => heard.some((message) => message.id === id), signal);

async function until(isTrue: () => boolean, signal: AbortSignal): Promise<void> {
  const { setTimeout: pause } = await import('node:timers/promises');
  while (!isTrue()) await pause(lookMs, undefined, { signal });
}
