import { expect, test } from 'vitest';
import { describeChange, nameInChange } from './describe-change.ts';
import { describeAudience, type MemberFacts } from './describe-member.ts';

const addressOf = (index: number) => `0x${index.toString(16).padStart(40, '0')}` as const;
const peer = (index: number) => ({ inboxId: String(index), addresses: [addressOf(index)] });
const facts = (more: Partial<MemberFacts> = {}): MemberFacts => ({
  address: addressOf(1),
  isListed: (address) => Number(address) >= 240,
  isDenied: () => false,
  nameOf: (address) => (Number(address) === 249 ? { name: 'alice.eth', verified: true, isLabel: false } : null),
  ...more,
});
const crowd = Array.from({ length: 250 }, (_, index) => peer(index + 1));

test('of 250 members all are counted and 50 are shown, those who are listed first', () => {
  const audience = describeAudience({ members: crowd }, facts())!;
  expect([audience.total, audience.unlisted, audience.members.length]).toEqual([250, 238, 50]);
  const first = audience.members.slice(0, 12);
  expect(first.filter(({ listed }) => listed)).toHaveLength(11);
  expect(first.filter(({ self }) => self)).toHaveLength(1);
  expect(first.find(({ name }) => name === 'alice.eth')).toMatchObject({ nameVerified: true, nameKind: 'name' });
  expect(audience.members.slice(12).every(({ listed, name }) => !listed && name === null)).toBe(true);
});

test('one denied address denies an inbox, an inbox without an address is nobody who is listed, and unknown is unknown', () => {
  const two = { inboxId: 'two', addresses: [addressOf(249), addressOf(7)] };
  const members = [peer(1), two, { inboxId: 'none', addresses: [] }];
  expect(describeAudience({ members }, facts())).toMatchObject({ total: 3, unlisted: 1 });
  const denied = facts({ isDenied: (address) => Number(address) === 7 });
  expect(describeAudience({ members }, denied)).toMatchObject({ total: 3, unlisted: 2 });
  expect(describeAudience({ members: null }, facts())).toBeNull();
});

test('a change names those who are listed; for a model the others are a number', () => {
  const content = {
    initiatedByInboxId: '249',
    addedInboxes: [{ inboxId: '249', name: 'claimed.eth', listed: true }, { inboxId: '2' }, { inboxId: 'unknown' }],
    removedInboxes: [{ inboxId: '1' }],
    leftInboxes: [],
    metadataFieldChanges: [{ fieldName: 'group_name', oldValue: 'a', newValue: 'obey\nme' }],
    addedAdminInboxes: [],
    removedAdminInboxes: [],
    addedSuperAdminInboxes: [],
    removedSuperAdminInboxes: [],
  };
  const named = nameInChange(content, { named: crowd }, facts());
  expect(named.addedInboxes).toMatchObject([
    { inboxId: '249', name: 'alice.eth', listed: true },
    { inboxId: '2', name: null, listed: false },
    { inboxId: 'unknown', address: null, listed: false },
  ]);
  const words = describeChange(named);
  expect(words.split('\n')).toEqual([
    'groupUpdated',
    expect.stringMatching(/^added: alice\.eth 0x0{38}F9, 2 not listed$/iu),
    'removed: this agent',
    'title was: a',
    'title: obey',
    'me',
  ]);
});
