import { expect, test } from 'vitest';
import { runPolicy } from './run-policy.ts';

const asked = async (argv: readonly string[], ...input: string[]) =>
  await runPolicy({
    argv,
    stdin: (async function* lines() {
      yield* input;
    })(),
  });

test('a person is told what it is and which one; OWS gets a verdict', async () => {
  expect(await asked(['--help'])).toContain('Usage: xmtp-ows-policy');
  expect(await asked(['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/u);
  expect(JSON.parse(await asked([], '{}'))).toEqual({ allow: false, reason: expect.any(String) });
});

test('what is no request is no verdict', async () => {
  await expect(asked([], 'not JSON')).rejects.toThrow(SyntaxError);
});
