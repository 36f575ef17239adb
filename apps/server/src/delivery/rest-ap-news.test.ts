import { fc, test as propertyTest } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { readNews, readTalk } from './rest-ap-news.ts';

test.each([
  [{ result: 'a' }, { kind: 'answer', text: 'a' }],
  [{ response: 'a' }, { kind: 'answer', text: 'a' }],
  [{ result: { text: 'a' } }, { kind: 'answer', text: 'a' }],
  [{ result: { total: 3 } }, { kind: 'answer', text: '{"total":3}' }],
  [
    { result: 'a', query_id: 'q' },
    { kind: 'answer', text: 'a' },
  ],
  [
    { query_id: 'q', status: 'processing', message: 'thinking' },
    { kind: 'pending', queryId: 'q' },
  ],
  [{ queryId: 'q' }, { kind: 'pending', queryId: 'q' }],
  [{ status: 'accepted' }, { kind: 'answer', text: null }],
  [{ result: { count: 3 } }, { kind: 'answer', text: '{"count":3}' }],
  [{ result: { result: 'a', sessionId: 's' } }, { kind: 'answer', text: 'a' }],
  [{ data: { result: 'a' } }, { kind: 'answer', text: 'a' }],
  [{ error: 'no model' }, { kind: 'refused', why: 'its answer says that it failed', attempts: 3 }],
  ['said as a string', { kind: 'answer', text: 'said as a string' }],
])('/talk %j', (body, expected) => {
  expect(readTalk(JSON.stringify(body))).toEqual(expected);
});

test.each([
  [
    { type: 'reply', in_reply_to: 'q', message: 'a' },
    { kind: 'answer', text: 'a' },
  ],
  [
    { type: 'response', query_id: 'q', message: 'a' },
    { kind: 'answer', text: 'a' },
  ],
  [
    { type: 'job.completed', data: { query_id: 'q', result: { text: 'a' } } },
    { kind: 'answer', text: 'a' },
  ],
  [
    { type: 'query.cancelled', query_id: 'q', message: 'stopped' },
    { kind: 'refused', why: 'the agent ended the question with "query.cancelled"', attempts: 1, session: 'kept' },
  ],
  [
    { type: 'error', query_id: 'q' },
    { kind: 'refused', why: 'the agent ended the question with "error"', attempts: 1, session: 'suspect' },
  ],
  [
    { type: 'query.completed', query_id: 'q', result: { error: 'no model' } },
    { kind: 'refused', why: 'its answer says that it failed', attempts: 1 },
  ],
  [{ type: 'query.progress', query_id: 'q', message: 'half' }, null],
  [{ type: 'query.completed', query_id: 'other', message: 'a' }, null],
])('news item %j', (item, end) => {
  expect(readNews(JSON.stringify({ items: [item], timestamp: 5 }), 'q')).toEqual({ end, timestamp: 5 });
});

propertyTest.prop([fc.json()])('any answer of an agent is read or refused, never thrown', (body) => {
  readTalk(body);
  readNews(body, 'q');
});
