import { expect, test } from 'vitest';
import { createConversation } from './create-conversation.ts';
import type { NativeConversation } from './native-types.ts';

/** A conversation of the binding that says whether we are in it, and how often it was asked. */
function setUp({ isDirect }: { isDirect: boolean }) {
  const control = { isActive: true, asked: 0 };
  const native = {
    id: () => 'c',
    dmPeerInboxId() {
      if (!isDirect) throw new Error('not a dm');
      return 'bob';
    },
    isActive() {
      control.asked += 1;
      return control.isActive;
    },
  } as unknown as NativeConversation;
  return { control, conversation: createConversation(native, { inboxId: 'alice', run: (_, work) => work() }) };
}

test('whether we may write to a direct message is asked until we were in it once', () => {
  const { control, conversation } = setUp({ isDirect: true });
  control.isActive = false;
  expect([conversation.mayWrite(), conversation.mayWrite()]).toEqual([false, false]);
  control.isActive = true;
  expect([conversation.mayWrite(), conversation.mayWrite(), conversation.mayWrite()]).toEqual([true, true, true]);
  expect(control.asked).toBe(3);
});

test('from a group we may be removed at any time, so it is asked for each send', () => {
  const { control, conversation } = setUp({ isDirect: false });
  expect(conversation.mayWrite()).toBe(true);
  control.isActive = false;
  expect(conversation.mayWrite()).toBe(false);
  expect(control.asked).toBe(2);
});

test('what became of a send is found out by a question of its own, in a direct message as well', () => {
  const { control, conversation } = setUp({ isDirect: true });
  expect(conversation.mayWrite()).toBe(true);
  control.isActive = false;
  expect(conversation.isMember()).toBe(false);
});
