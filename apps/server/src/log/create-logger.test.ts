import { BaseError } from '@xmtp-messaging/errors';
import { expect, test } from 'vitest';
import { createLogger } from './create-logger.ts';

function lines(log: (logger: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  let text = '';
  log(createLogger({ destination: { write: (line) => void (text += line) } }));
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('M5: fields that could hold words or secrets are taken out', () => {
  const [line] = lines((logger) =>
    logger.info({
      event: 'x',
      text: 'words',
      message: 'words',
      nested: { token: 't', text: 'words' },
      authorization: 'Bearer t',
    }),
  );
  expect(line).toEqual({
    level: 'info',
    time: expect.any(String),
    event: 'x',
    text: '[redacted]',
    message: '[redacted]',
    nested: { token: '[redacted]', text: '[redacted]' },
    authorization: '[redacted]',
  });
});

test('L2: the message of an error that is not ours is not logged, for it may quote what it was given', () => {
  const [foreign, own] = lines((logger) => {
    logger.error({ err: Object.assign(new TypeError('bad value: private words'), { code: 'E_X' }) });
    logger.error({ err: new BaseError({ code: 'OUR_CODE', shortMessage: 'Something happened.' }) });
  });
  expect(foreign!['err']).toMatchObject({ name: 'TypeError', code: 'E_X', at: expect.any(Array) });
  expect(JSON.stringify(foreign)).not.toContain('private');
  expect(own!['err']).toEqual({ name: 'BaseError', code: 'OUR_CODE', summary: 'Something happened.' });
});
