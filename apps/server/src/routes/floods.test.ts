import { expect, test } from 'vitest';
import { alice, createMemoryApp } from '../../test/memory-app.ts';

const strangers = Array.from({ length: 30 }, (_, n) => `0x${String(n).padStart(40, '5')}` as const);

interface Listed {
  listed: boolean;
  addresses: string[];
}

/** Every line, in pages of seven. */
async function walk<Line>(read: (query: string) => Promise<{ lines: Line[]; next: string | null }>): Promise<Line[]> {
  const seen: Line[] = [];
  for (let after = ''; ;) {
    const { lines, next } = await read(`limit=7${after}`);
    seen.push(...lines);
    if (next === null) return seen;
    after = `&after=${encodeURIComponent(next)}`;
  }
}

test('thirty strangers hide nobody on the list: not what was dropped of him, and not a line of their own', async () => {
  const isExpected = (address: string) => address === alice.toLowerCase();
  const app = await createMemoryApp({ admit: () => ({ admit: false, reason: 'too large: 1 MB' }), isExpected });
  await app.mailbox.post({ from: alice });
  for (const from of strangers) await app.mailbox.post({ from });
  const read = async (path: string) => (await (await app.operator('GET', path)).json()) as Record<string, unknown>;
  const dropped = await walk(async (query) => {
    const page = await read(`/xmtp/dropped?${query}`);
    return { lines: page['dropped'] as Listed[], next: page['next'] as string | null };
  });
  expect(dropped.map(({ listed }) => listed)).toEqual([true, ...strangers.map(() => false)]);
  const ofKind = async (kind: string) => (await read(`/xmtp/dropped?listed=${kind}`))['dropped'] as Listed[];
  expect([await ofKind('true'), (await ofKind('false')).length]).toEqual([[dropped[0]], 30]);
  const knocks = await walk(async (query) => {
    const page = await read(`/xmtp/knocks?${query}`);
    expect(page['total']).toEqual({ senders: 30, groups: 0 });
    return { lines: page['knocks'] as Listed[], next: page['next'] as string | null };
  });
  expect(new Set(knocks.flatMap(({ addresses }) => addresses)).size).toBe(30);
  for (const path of ['/xmtp/knocks?after=x', '/xmtp/dropped?after=1', '/xmtp/knocks?from=alice']) {
    expect((await app.operator('GET', path)).status).toBe(422);
  }
});

test('of an open mailbox, conversations and dead letters of people on the list can be had alone', async () => {
  const isExpected = (address: string) => address === alice.toLowerCase();
  const admit = ({ senderAddresses }: { senderAddresses: readonly string[] }) =>
    ({ admit: true, sender: senderAddresses.some(isExpected) ? 'allowlisted' : 'unknown' }) as const;
  const app = await createMemoryApp({ admit, isExpected });
  const { messageId, conversationId } = await app.mailbox.receive({ from: alice });
  for (const from of strangers) app.mailbox.inbox.bury((await app.mailbox.receive({ from })).messageId, 'x');
  app.mailbox.inbox.bury(messageId, 'x');
  const ids = async (path: string, key: string) => {
    const answer = (await (await app.operator('GET', path)).json()) as Record<string, { id: string }[]>;
    return answer[key]!.map(({ id }) => id);
  };
  expect(await ids('/xmtp/conversations?listed=true', 'conversations')).toEqual([conversationId]);
  expect(await ids('/xmtp/conversations?listed=true&limit=1', 'conversations')).toEqual([conversationId]);
  expect(await ids('/xmtp/dead?sender=allowlisted&limit=1', 'messages')).toEqual([messageId]);
  expect(await ids('/xmtp/dead?order=desc&sender=allowlisted', 'messages')).toEqual([messageId]);
  expect(await ids('/xmtp/dead?order=desc&limit=1', 'messages')).not.toEqual([messageId]);
  expect(await ids('/xmtp/messages?sender=allowlisted', 'messages')).toEqual([messageId]);
  expect(await ids('/xmtp/messages?sender=unknown&limit=1000', 'messages')).toHaveLength(30);
});
