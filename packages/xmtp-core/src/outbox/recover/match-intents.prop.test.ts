import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { matchIntents } from './match-intents.ts';

const digests = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });

test.prop([digests, digests])('pairs what is the same, each message once, and as many as can be', (wanted, stored) => {
  const intents = wanted.map((contentDigest, id) => ({ id, contentDigest }));
  const messages = stored.map((contentDigest, index) => ({ id: `m${index}`, contentDigest }));
  const matches = matchIntents(intents, messages);
  const used = [...matches.values()].filter((id) => id !== null);
  expect(new Set(used).size).toBe(used.length);
  for (const { id, contentDigest } of intents) {
    const match = messages.find((message) => message.id === matches.get(id));
    if (match !== undefined) expect(match.contentDigest).toBe(contentDigest);
  }
  const count = (list: string[], digest: string) => list.filter((entry) => entry === digest).length;
  const possible = ['a', 'b', 'c'].reduce((sum, d) => sum + Math.min(count(wanted, d), count(stored, d)), 0);
  expect(used).toHaveLength(possible);
});

test.prop([digests])('when all were stored, each gets its own, in order', (stored) => {
  const intents = stored.map((contentDigest, id) => ({ id, contentDigest }));
  const messages = stored.map((contentDigest, index) => ({ id: `m${index}`, contentDigest }));
  expect([...matchIntents(intents, messages)]).toEqual(intents.map(({ id }) => [id, `m${id}`]));
});
