import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';
import type { MailboxClient } from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(`
    [
      "RequestError",
      "createClient",
      "readChanges",
      "readEvents",
      "unwrap",
    ]
  `);
});

test('the types are what callers write against', () => {
  const mailbox = surface.createClient({ baseUrl: 'http://127.0.0.1:4101' });
  expectTypeOf(mailbox).toEqualTypeOf<MailboxClient>();
  expectTypeOf(surface.unwrap<{ id: string } | null>).returns.resolves.toEqualTypeOf<{ id: string }>();
  expectTypeOf(surface.readEvents).returns.toExtend<AsyncIterable<{ message: { id: string; text: string | null } }>>();
  // @ts-expect-error: no such route
  expectTypeOf(() => mailbox.GET('/xmtp/nothing')).toBeFunction();
});
