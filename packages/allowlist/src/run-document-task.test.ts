import { expect, test } from 'vitest';
import { doDocumentTask } from './do-document-task.ts';
import { runDocumentTask, shortDocument } from './run-document-task.ts';

const addresses = Array.from({ length: 200 }, (_, index) => `0x${(index + 1).toString(16).padStart(40, '0')}`);
const text = JSON.stringify(addresses.map((address) => ({ address })));
// A thread that begins takes its time on a busy machine.
const timeout = 60_000;

test(
  'a long document is edited beside this thread, which has turns meanwhile',
  async () => {
    expect(text.length).toBeGreaterThan(shortDocument);
    let turns = 0;
    const turn = setInterval(() => (turns += 1));
    const task = { what: 'rename', text, key: 'address', index: 150, name: 'Bob' } as const;
    const edited = await runDocumentTask(task);
    clearInterval(turn);
    expect(turns).toBeGreaterThan(0);
    expect(edited).toBe(doDocumentTask(task));
  },
  timeout,
);

test(
  'a fault is found at its place in either thread',
  async () => {
    const fault = async (some: string) =>
      await runDocumentTask({ what: 'read', text: `${some.slice(0, -1)}, 17]`, key: 'address' }).catch(
        (error: unknown) => error,
      );
    for (const some of [text, '["x"]']) {
      expect(await fault(some)).toMatchObject({
        name: 'AllowlistError',
        code: 'ALLOWLIST_INVALID',
        position: { line: 1, column: some.length + 2 },
      });
    }
  },
  timeout,
);
