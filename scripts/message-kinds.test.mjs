// The team file and the server name kinds of messages alike, though neither may know the other.
import { expect, test } from 'vitest';
import { messageKinds } from '../packages/agent/src/inbound/choose-kinds.ts';
import { messageKinds as inTeamFiles } from '../packages/team-config/src/xmtp-schema.ts';

test('a team file knows every kind of message, and no other', () => {
  expect(new Set(inTeamFiles)).toEqual(new Set(messageKinds));
});
