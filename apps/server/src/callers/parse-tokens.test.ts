import { expect, test } from 'vitest';
import { parseTokens } from './parse-tokens.ts';

const [one, two] = ['kQ3vJ8mTz0LrX2Ns', 'wP4xL9nUa1MsY3Ot'];
const scopesOf = (text: string) => parseTokens(text).tokens.map(({ scopes }) => [...scopes]);

test('a token is good for everything that an agent may do, or for what stands after it', () => {
  expect(scopesOf(one)).toEqual([['read', 'send']]);
  expect(scopesOf(`# made in May\n${one} read\r\n\n  ${two}\tsend read\n#${one}\n`)).toEqual([
    ['read'],
    ['send', 'read'],
    ['read', 'send'],
  ]);
  expect(parseTokens('aaaaaaaaaaaaaaaa').tokens[0]?.weak).toBe(true);
});

test('a line that is no token is named by its number, and nothing of it is shown', () => {
  const { tokens, problems } = parseTokens(`short\n${one} write\n${one}é\n${two}`);
  expect(tokens).toHaveLength(1);
  expect(problems.map(({ line }) => line)).toEqual([1, 2, 3]);
  expect(JSON.stringify(problems)).not.toMatch(/short|write|kQ3v/u);
});
