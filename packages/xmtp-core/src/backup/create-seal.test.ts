import { expect, test } from 'vitest';
import { createSeal, openSeal } from './create-seal.ts';

const passphrase = 'correct horse battery';
const secret = { passphrase };
const chunked = (bytes: Uint8Array, size: number) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
const bytesOf = async (stream: ReadableStream<Uint8Array>) => new Uint8Array(await new Response(stream).arrayBuffer());

test('what was sealed opens, however it comes in pieces', async () => {
  const seal = await createSeal({ passphrase, workFactor: 4 });
  const plain = Buffer.from('text '.repeat(30_000));
  const sealed = await bytesOf(await seal(chunked(plain, 10_000)));
  for (const size of [1_000, 65_536]) {
    expect(plain.equals(await bytesOf(await openSeal(chunked(sealed, size), secret)))).toBe(true);
  }
});

test.each([
  ['nothing', ''],
  ['a part of the header', 'age-encryption.org/v1\n-> scrypt'],
  ['another version', 'age-encryption.org/v2\n-> X25519 a\n--- b\n'],
  [
    'what costs a guess a day',
    `age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw 30\n${'A'.repeat(43)}\n--- ${'A'.repeat(43)}\n`,
  ],
])('%s is no backup', async (_what, text) => {
  await expect(openSeal(chunked(Buffer.from(text), 9), secret)).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' });
});

test.each([
  ['a file without lines', Buffer.alloc(65_536)],
  ['a header that never ends', Buffer.from('age-encryption.org/v1\n-> X25519 a\n'.repeat(2_000))],
])('%s is given up before it is read into memory', async (_what, piece) => {
  let given = 0;
  const endless = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        given += 1;
        if (given < 1_000) controller.enqueue(piece);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  await expect(openSeal(endless, secret)).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' });
  expect(given).toBeLessThan(12);
});
