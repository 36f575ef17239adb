import { createManualClock } from '@xmtp-messaging/testing';
import { describe, expect, test } from 'vitest';
import { type AdmissionOptions, createAdmission } from './create-admission.ts';
import type { AdmissionEnvelope } from './verdict.ts';

const listedAddress = `0x${'a'.repeat(40)}`;
const strangerAddress = `0x${'b'.repeat(40)}`;
let next = 0;

function envelope(given: Partial<AdmissionEnvelope> = {}): AdmissionEnvelope {
  next += 1;
  return {
    messageId: `m${next}`,
    conversationId: 'c1',
    conversationType: 'dm',
    senderInboxId: 'alice',
    senderAddresses: [listedAddress],
    contentType: 'xmtp.org/text:1.0',
    contentBytes: 10,
    ...given,
  };
}

const stranger = (given: Partial<AdmissionEnvelope> = {}) =>
  envelope({ senderInboxId: 'mallory', senderAddresses: [strangerAddress], ...given });

function admissionOf(given: Partial<AdmissionOptions> = {}) {
  return createAdmission({ self: 'Me', isAllowed: (address) => address === listedAddress, ...given });
}

const heard = { admit: true, sender: 'allowlisted' };
const unknown = { admit: true, sender: 'unknown' };
const refused = (reason: string) => ({ admit: false, reason });

describe('who is heard', () => {
  test('H3: closed unless told otherwise, an empty list hears nobody', () => {
    expect(createAdmission({ self: 'me', isAllowed: () => false }).admit(envelope())).toEqual(refused('not-listed'));
    for (const mode of [undefined, 'Open', 'true', true, 1, '*'] as unknown as 'open'[]) {
      expect(admissionOf({ mode }).admit(stranger())).toEqual(refused('not-listed'));
    }
  });

  test('one listed address is enough, compared in lower case', () => {
    const admission = admissionOf();
    expect(
      admission.admit(
        envelope({ senderAddresses: [strangerAddress, listedAddress.toUpperCase().replace('0X', '0x')] }),
      ),
    ).toEqual(heard);
    expect(admission.admit(stranger())).toEqual(refused('not-listed'));
    expect(admission.admit(envelope({ senderAddresses: [] }))).toEqual(refused('no-address'));
  });

  test('open mode hears strangers, and says that they are', () => {
    const admission = admissionOf({ mode: 'open' });
    expect(admission.admit(stranger())).toEqual(unknown);
    expect(admission.admit(envelope())).toEqual(heard);
    expect(admission.admit(stranger({ senderAddresses: [] }))).toEqual(refused('no-address'));
  });

  test('the deny list wins over the allowlist and over open mode, for any address of the inbox', () => {
    const admission = admissionOf({
      mode: 'open',
      isAllowed: () => true,
      isDenied: (address) => address === strangerAddress,
    });
    expect(admission.admit(stranger())).toEqual(refused('denied'));
    expect(admission.admit(envelope({ senderAddresses: [listedAddress, strangerAddress] }))).toEqual(refused('denied'));
    expect(admission.admit(envelope())).toEqual(heard);
  });

  test('only true opens and only false lets pass: promises and other truthy mistakes stay closed', () => {
    const promise = (async () => true) as unknown as () => boolean;
    expect(admissionOf({ isAllowed: promise }).admit(envelope())).toEqual(refused('not-listed'));
    expect(admissionOf({ isDenied: promise }).admit(envelope())).toEqual(refused('denied'));
    expect(admissionOf({ isDenied: (() => undefined) as unknown as () => boolean }).admit(envelope())).toEqual(
      refused('denied'),
    );
  });

  test('in groups only listed senders are heard, in open mode too, each by itself', () => {
    for (const mode of ['closed', 'open'] as const) {
      const admission = admissionOf({ mode });
      expect(admission.admit(envelope({ conversationType: 'group', conversationId: 'g' }))).toEqual(heard);
      expect(admission.admit(stranger({ conversationType: 'group', conversationId: 'g' }))).toEqual(
        refused('group-sender-not-listed'),
      );
      expect(admission.admit(stranger({ conversationType: 'sync' as 'group' }))).toEqual(
        refused('group-sender-not-listed'),
      );
      expect(admissionOf({ mode, groups: 'off' }).admit(envelope({ conversationType: 'group' }))).toEqual(
        refused('groups-off'),
      );
    }
  });

  test('with listed groups a listed sender is heard in those alone; a stranger in none', () => {
    const admission = admissionOf({ groups: 'listed-groups', isGroupListed: (id) => id === 'g' });
    const there = { conversationType: 'group', conversationId: 'g' } as const;
    expect(admission.admit(envelope(there))).toEqual(heard);
    expect(admission.admit(stranger(there))).toEqual(refused('group-sender-not-listed'));
    const elsewhere = { ...there, conversationId: 'h' };
    expect(admission.admit(envelope(elsewhere))).toEqual(refused('group-not-listed'));
    expect(admission.admit(stranger(elsewhere))).toEqual(refused('group-sender-not-listed'));
    // Only `true` counts, and of a mode that is not known nothing is open.
    const vague = admissionOf({ groups: 'listed-groups', isGroupListed: () => 1 as never });
    expect(vague.admit(envelope(there))).toEqual(refused('group-not-listed'));
    expect(admissionOf({ groups: 'on' as never }).admit(envelope(there))).toEqual(refused('group-not-listed'));
  });

  test('it does not hear itself, whatever the case of its id', () => {
    expect(admissionOf({ isAllowed: () => true }).admit(envelope({ senderInboxId: 'mE' }))).toEqual(refused('self'));
    expect(() => admissionOf({ self: '' })).toThrow(expect.objectContaining({ code: 'INVALID_SELF' }));
  });

  test('content types: text, markdown and replies of version 1, or what is given', () => {
    const admission = admissionOf();
    for (const contentType of [
      'xmtp.org/text:1.0',
      'xmtp.org/text:1.7',
      'xmtp.org/markdown:1.0',
      'xmtp.org/reply:1.0',
    ]) {
      expect(admission.admit(envelope({ contentType }))).toEqual(heard);
    }
    for (const contentType of [
      'xmtp.org/text:2.0',
      'xmtp.org/reaction:1.0',
      'evil.org/text:1.0',
      'xmtp.org/text',
      'xmtp.org/text:1.0\n',
      '',
    ]) {
      expect(admission.admit(envelope({ contentType }))).toEqual(refused('content-type'));
    }
    expect(admissionOf({ contentTypes: ['a.b/c:3'] }).admit(envelope({ contentType: 'a.b/c:3.1' }))).toEqual(heard);
  });

  test('the mode is told', () => {
    expect([admissionOf().mode(), admissionOf({ mode: 'open' }).mode()]).toEqual(['closed', 'open']);
  });

  test('the own inbox may be left out, or become known later', () => {
    const own = { senderInboxId: 'ME' };
    expect(admissionOf({ self: undefined }).admit(envelope(own))).toEqual(heard);
    let inboxId: string | null = null;
    const admission = admissionOf({ self: () => inboxId });
    expect(admission.admit(envelope(own))).toEqual(heard);
    inboxId = 'Me';
    expect(admission.admit(envelope(own))).toEqual(refused('self'));
  });
});

describe('the fixed order', () => {
  test('self, type, deny, groups, list, size, repetition: the first in the way is the reason', () => {
    const admission = admissionOf({
      groups: 'off',
      isDenied: (address) => address === strangerAddress,
      limits: { maxBytes: 100 },
    });
    const worst = {
      contentBytes: 101,
      contentType: 'x',
      senderAddresses: [strangerAddress],
      conversationType: 'group' as const,
    };
    expect(admission.admit(envelope({ ...worst, senderInboxId: 'me' }))).toEqual(refused('self'));
    expect(admission.admit(envelope(worst))).toEqual(refused('content-type'));
    expect(admission.admit(envelope({ ...worst, contentType: 'xmtp.org/text:1.0' }))).toEqual(refused('denied'));
    expect(admission.admit(envelope({ contentBytes: 101, conversationType: 'group' }))).toEqual(refused('groups-off'));
    expect(admission.admit(envelope({ contentBytes: 101, senderAddresses: ['0xc'] }))).toEqual(refused('not-listed'));
    expect(admission.admit(envelope({ contentBytes: 101 }))).toEqual(refused('too-large'));
    for (const contentBytes of [-1, Number.NaN, Infinity])
      expect(admission.admit(envelope({ contentBytes }))).toEqual(refused('too-large'));
    expect(admission.size()).toBe(0);
    expect(admission.admit(envelope({ contentBytes: 100 }))).toEqual(heard);
  });
});

describe('repetition', () => {
  test('an id is admitted once, and replays cost nothing', () => {
    const admission = admissionOf({
      now: () => 0,
      limits: { allowlistedSender: { burst: 2, perSecond: 0.1 } },
    });
    const message = envelope();
    expect(admission.admit(message)).toEqual(heard);
    for (let at = 0; at < 50; at += 1) expect(admission.admit(message)).toEqual(refused('duplicate'));
    expect(admission.admit(envelope())).toEqual(heard);
    expect(admission.admit(envelope())).toEqual(refused('sender-rate'));
  });

  test('a caller with a journal may ask again and is told the same, at no charge', () => {
    const admission = admissionOf({
      now: () => 0,
      duplicates: 'repeat',
      limits: { allowlistedSender: { burst: 1, perSecond: 0.1 } },
    });
    const message = envelope();
    expect(admission.admit(message)).toEqual(heard);
    expect(admission.admit(message)).toEqual(heard);
    expect(admission.admit(envelope())).toEqual(refused('sender-rate'));
  });

  test('a refused message may be admitted later', () => {
    const clock = createManualClock();
    const admission = admissionOf({
      now: () => clock.now(),
      limits: { allowlistedSender: { burst: 1, perSecond: 1 } },
    });
    const message = envelope();
    admission.admit(envelope());
    expect(admission.admit(message)).toEqual(refused('sender-rate'));
    clock.advance(1_000);
    expect(admission.admit(message)).toEqual(heard);
  });

  test('ids are remembered for a while, and so many of them', () => {
    const clock = createManualClock();
    const admission = admissionOf({
      now: () => clock.now(),
      limits: { dedupeMs: 1_000, dedupeIds: 2, allowlistedSender: { burst: 100, perSecond: 1 } },
    });
    const [first, second, third] = [envelope(), envelope(), envelope()];
    admission.admit(first);
    admission.admit(second);
    expect(admission.admit(first)).toEqual(refused('duplicate'));
    admission.admit(third);
    expect(admission.admit(second)).toEqual(refused('duplicate'));
    expect(admission.admit(first)).toEqual(heard);
    clock.advance(1_000);
    expect(admission.admit(third)).toEqual(heard);
  });
});

describe('what is heard', () => {
  test('a listed sender may write larger messages, and nobody else', () => {
    const limits = { maxBytes: 100, allowlistedMaxBytes: 1_000 };
    const admission = admissionOf({ mode: 'open', limits });
    expect(admission.admit(envelope({ contentBytes: 1_000 }))).toEqual(heard);
    expect(admission.admit(envelope({ contentBytes: 1_001 }))).toEqual(refused('too-large'));
    expect(admission.admit(stranger({ contentBytes: 100 }))).toEqual(unknown);
    expect(admission.admit(stranger({ contentBytes: 101 }))).toEqual(refused('too-large'));
  });

  test('whoever chooses content types must say true', () => {
    for (const said of [false, undefined, 'yes', 1] as unknown as boolean[])
      expect(admissionOf({ contentTypes: () => said }).admit(envelope())).toEqual(refused('content-type'));
    const asked: string[] = [];
    const contentTypes = (contentType: string) => asked.push(contentType) > 0;
    expect(admissionOf({ contentTypes }).admit(envelope({ contentType: 'a.b/c:2.1' }))).toEqual(heard);
    expect(asked).toEqual(['a.b/c:2.1']);
  });

  test('a content type is what it is called in full, not what its name ends with', () => {
    for (const contentType of [
      'evil xmtp.org/text:1.0',
      ' xmtp.org/text:1.0',
      'x/xmtp.org/text:1.0',
      'xmtp.org/text:1.0 ',
    ])
      expect(admissionOf().admit(envelope({ contentType }))).toEqual(refused('content-type'));
  });
});
