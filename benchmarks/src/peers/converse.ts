import { setTimeout as delay } from 'node:timers/promises';
import type { Client, Dm } from '@xmtp/node-sdk';
import { payload } from './payload.ts';

/** After this long without an answer, there will be none. */
const answerMs = 10_000;

/** Asks `count` times, the next `gapMs` after an answer. Resolves to milliseconds between the network's stamps of both. */
export async function converse(options: {
  client: Client<unknown>;
  dm: Dm;
  count: number;
  gapMs: number;
}): Promise<number[]> {
  const { client, dm, count, gapMs } = options;
  const { inboxId } = client;
  let onAnswer: (sentAtNs: bigint) => void = () => {};
  const stream = await dm.stream({
    onValue: ({ senderInboxId, sentAtNs, content }) => {
      if (senderInboxId !== inboxId && typeof content === 'string') onAnswer(sentAtNs);
    },
  });
  const times: number[] = [];
  try {
    for (let index = 0; index < count; index += 1) {
      const answered = new Promise<bigint>((resolve) => (onAnswer = resolve));
      const id = await dm.sendText(payload(`${Date.now()}.${index}`));
      const answeredNs = await Promise.race([answered, delay(answerMs, null, { ref: false })]);
      if (answeredNs === null) throw new Error(`no answer to message ${index + 1} of ${count}`);
      const askedNs = client.conversations.getMessageById(id)?.sentAtNs;
      if (askedNs === undefined) throw new Error('the question is not in the database');
      times.push(Number(answeredNs - askedNs) / 1e6);
      await delay(gapMs);
    }
  } finally {
    await stream.end();
  }
  return times;
}
