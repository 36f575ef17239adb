import { expect, test } from 'vitest';
import { findReply } from './find-reply.ts';
import { readTalk } from './rest-ap-news.ts';

const actions = { id: 'a', description: 'Sure?', actions: [{ id: 'y', label: 'Yes' }] };

const file = { filename: 'a.txt', mimeType: 'text/plain', data: 'aGVsbG8=' };

test.each([
  [{ reply: '# hi', contentType: 'markdown' }, [{ text: '# hi', contentType: 'markdown' }]],
  [{ reply: 'hi', contentType: 'xmtp.org/text:1.0' }, [{ text: 'hi', contentType: 'text' }]],
  [{ contentType: 'actions', content: actions }, [{ contentType: 'actions', content: actions }]],
  [{ contentType: 'actions', reply: actions }, [{ contentType: 'actions', content: actions }]],
  [{ attachment: file }, [{ attachment: file }]],
  [{ reaction: '👍', remoteAttachment: file }, [{ reaction: '👍' }, { remoteAttachment: file }]],
  [{ replies: ['see', { attachment: file }] }, ['see', { attachment: file }]],
  [{ reaction: '👀' }, [{ reaction: '👀' }]],
  [{ reaction: '👀', action: 'removed' }, [{ reaction: '👀', action: 'removed' }]],
  [{ reaction: '👍', reply: 'done' }, [{ reaction: '👍' }, 'done']],
  [{ replies: ['a', 'b'] }, ['a', 'b']],
  [
    { replies: [{ reply: 'a' }, { text: 'b' }, { reply: 'c', contentType: 'markdown' }, { reaction: '👍' }] },
    ['a', 'b', { text: 'c', contentType: 'markdown' }, { reaction: '👍' }],
  ],
  [
    [{ reply: 'a' }, { reaction: '👍' }],
    ['a', { reaction: '👍' }],
  ],
])('%j is understood', (said, answers) => {
  expect(findReply(said)).toEqual({ kind: 'answers', answers });
  expect(readTalk(JSON.stringify({ result: said }))).toEqual({ kind: 'answer', text: answers });
});

test.each([
  [{ replies: ['one'] }, { kind: 'reply', text: 'one' }],
  [
    { reply: 'hi', contentType: 'text/plain; charset=utf-8' },
    { kind: 'reply', text: 'hi' },
  ],
  [
    { contentType: 'text/plain', content: 'hi' },
    { kind: 'reply', text: 'hi' },
  ],
  [{ replies: [] }, { kind: 'none' }],
  [{ reply: '', contentType: 'markdown' }, { kind: 'none' }],
])('%j is %j', (said, found) => {
  expect(findReply(said)).toEqual(found);
});

test.each([
  [{ replies: 'a' }],
  [{ replies: ['a', 5] }],
  [{ replies: [{ replies: ['a'] }] }],
  [{ replies: ['a', { message: 'b' }] }],
  [{ replies: Array.from({ length: 21 }, () => 'a') }],
  [{ reply: 'hi', contentType: 'poem' }],
  [{ reply: 'hi', contentType: 7 }],
  [{ contentType: 'actions', content: { ...actions, actions: [] } }],
  [{ contentType: 'groupUpdated', content: {} }],
  [{ contentType: 'poem', content: {} }],
  [{ replies: [{ attachment: { data: 'hi' } }] }],
  [{ reaction: 7 }],
  [{ reaction: ' ' }],
  [{ reaction: '👍', action: 'maybe' }],
])('%j is no success', (said) => {
  const found = findReply(said);
  expect(found).toMatchObject({ kind: 'unclear' });
  expect(JSON.stringify(found)).not.toMatch(/hi|poem/u);
});
