import { expect, test } from 'vitest';
import { createExpiries } from './create-expiries.ts';

/** A database in which the messages of one conversation disappear. */
function setUp() {
  const asked: string[] = [];
  const conversations = {
    getConversationById(id: string) {
      if (id === 'gone') throw new Error('Group not found');
      return {
        isMessageDisappearingEnabled() {
          asked.push(id);
          return id === 'fading';
        },
      };
    },
    getEnrichedMessageById(id: string) {
      if (id === 'none') throw new Error('message not found');
      return { expiresAtNs: id === 'kept' ? null : 5_000_000n };
    },
  };
  return { asked, expiryOf: createExpiries(conversations) };
}

test('the setting of a conversation is asked for once, whatever the number of its messages', () => {
  const { asked, expiryOf } = setUp();
  expect(['a', 'b', 'kept', 'none'].map((id) => expiryOf('fading', id))).toEqual([5, 5, null, null]);
  expect(['a', 'b'].map((id) => expiryOf('staying', id))).toEqual([null, null]);
  expect(asked).toEqual(['fading', 'staying']);
});

test('what cannot be found does not disappear', () => {
  expect(setUp().expiryOf('gone', 'a')).toBeNull();
});
