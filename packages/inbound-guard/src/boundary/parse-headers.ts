import { headerValue, invalidValue } from './header-value.ts';
import type { BoundaryHeaders } from './headers.ts';
import { nameLabelPattern } from './name-label.ts';

const lengthPattern =
  /^(\d{1,15}) of (\d{1,15}) characters; hidden removed: (\d{1,15}); escaped: (\d{1,15}); truncated: (yes|no)$/;
const membersPattern = /^(\d{1,5}); not listed: (\d{1,5})$/;
const timePattern = /^(?:invalid|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/;

/** Reads header lines, each value to its type. Whether each line stands where it should is for the caller to compare. */
export function parseHeaders(lines: readonly string[]): BoundaryHeaders | null {
  const values = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(': ');
    if (colon <= 0) return null;
    values.set(line.slice(0, colon), line.slice(colon + 2));
  }
  const value = (name: string) => values.get(name) ?? '';
  const length = lengthPattern.exec(value('length'));
  const [conversation = '', conversationType = ''] = value('conversation').split(' ');
  const members = membersPattern.exec(value('members'));
  if (length === null || (values.has('members') && members === null)) return null;
  const headers: BoundaryHeaders = {
    from: headerValue.address(value('from')),
    fromInbox: headerValue.hex(value('from-inbox')),
    inboxAddresses: headerValue.count(Number(values.get('inbox-addresses') ?? 1)),
    sender: headerValue.sender(value('sender')),
    authority: 'none',
    name: values.get('name') ?? null,
    message: headerValue.hex(value('message')),
    conversation: headerValue.hex(conversation),
    conversationType: headerValue.conversationType(conversationType),
    ...(members !== null && {
      members: headerValue.members({ total: Number(members[1]), unlisted: Number(members[2]) }),
    }),
    replyTo: values.has('reply-to') ? headerValue.hex(value('reply-to')) : null,
    sent: value('sent'),
    received: value('received'),
    historical: value('historical') === 'yes',
    contentType: headerValue.contentType(value('content-type')),
    length: Number(length[1]),
    fullLength: Number(length[2]),
    hiddenRemoved: Number(length[3]),
    escaped: Number(length[4]),
    truncated: length[5] === 'yes',
    ...(values.has('whole') && { whole: headerValue.place(value('whole')) }),
  };
  const { name, sent, received } = headers;
  const isTyped =
    timePattern.test(sent) &&
    timePattern.test(received) &&
    (name === null || name === invalidValue || nameLabelPattern.test(name));
  return isTyped ? headers : null;
}
