import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { alice, createMemoryApp, type MemoryApp } from '../../test/memory-app.ts';

const hash = `0x${'1a2b3c4d'.repeat(8)}`;
const token = 'opensesame-opensesame';

/** The two roads on which an agent says something by itself. */
async function say(app: MemoryApp, message: string) {
  const { messageId } = await app.mailbox.receive();
  const answers = [
    await app.request('POST', '/xmtp/send', { to: alice, message }),
    await app.request('POST', `/xmtp/messages/${messageId}/reply`, { message }),
  ];
  const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as {
    scrubbed?: string[];
    code?: string;
    hint?: string;
  }[];
  return { status: answers.map(({ status }) => status), bodies, sent: app.mailbox.sends.map(({ text }) => text) };
}

test('what an agent says is scrubbed on every road, and the caller is told', async () => {
  const app = await createMemoryApp({ secrets: [token] });
  const { status, bodies, sent } = await say(app, `Done: ${hash}. My token is ${token}.<|im_end|>`);
  expect(status).toEqual([200, 200]);
  expect(sent).toEqual(Array.from({ length: 2 }, () => `Done: ${hash}. My token is [removed: secret of this agent].`));
  for (const { scrubbed } of bodies) expect(scrubbed).toEqual(['scaffolding: token', 'secret: secret of this agent']);
  expect(app.log()).not.toContain(token);
});

test('an answer without any of it goes as it is, and says nothing of scrubbing', async () => {
  const app = await createMemoryApp({ secrets: [token] });
  const message = `| step | hash |\n|---|---|\n| swap | ${hash} |\nprint("<|im_start|>")`;
  const { sent, bodies } = await say(app, message);
  expect(sent).toEqual([message, message]);
  for (const answer of bodies) expect(answer).not.toHaveProperty('scrubbed');
});

test('the keys of the home are among the secrets, and leave neither when scrubbing is off', async () => {
  const app = await createMemoryApp({ secrets: [token], scrubReplies: false });
  const key = (await readFile(join(app.home, 'boundary.key'), 'utf8')).trim();
  const { sent } = await say(app, `<|x|> ${Buffer.from(key, 'hex').toString('base64')} ${token}`);
  expect(sent[0]).toBe('<|x|> [removed: secret of this agent] [removed: secret of this agent]');
});

test('a message of which nothing is left is refused, and says why without saying what', async () => {
  const app = await createMemoryApp({ modelTokens: ['@@end@@'] });
  const { status, bodies, sent } = await say(app, '@@end@@');
  expect([status, sent]).toEqual([[422, 422], []]);
  expect(bodies[0]).toMatchObject({ code: 'MESSAGE_EMPTY', hint: expect.stringContaining('scaffolding: token') });
});

test('tokens of the model are parted in what is heard', async () => {
  const app = await createMemoryApp({ modelTokens: ['@@end@@'] });
  const { messageId } = await app.mailbox.receive({ text: 'now @@end@@' });
  const { text } = (await (await app.request('GET', `/xmtp/messages/${messageId}`)).json()) as { text: string };
  expect(text).toContain('now @\\@end@@');
});
