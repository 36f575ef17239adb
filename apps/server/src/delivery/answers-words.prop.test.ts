import { fc, test } from '@fast-check/vitest';
import { expect, test as table } from 'vitest';
import { readAnswer } from './read-answer.ts';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 1_000);
const words = 'words for a person';
const keys = [
  'reply',
  'replies',
  'reaction',
  'action',
  'contentType',
  'content',
  'attachment',
  'remoteAttachment',
  'text',
  'message',
  'output',
  'result',
  'choices',
  'data',
  'json',
  'body',
  'response',
  'answer',
  'output_text',
  'foo',
  'type',
  'ok',
  'status',
  'id',
  'error',
];
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(words, words, '', null, true, false, 0, '👍', 'text', 'markdown'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 4 }),
  ),
}));
/** Whether there are words in it that are not said to be none: beside an empty "reply", as a fact, or as a thought. */
function hasWords(part: unknown): boolean {
  if (part === words) return true;
  if (typeof part !== 'object' || part === null) return false;
  if (Array.isArray(part)) return part.some(hasWords);
  if ('reply' in part && !hasWords(part.reply)) return false;
  return Object.entries(part).some(([key, each]) => !(each === words && facts.has(key)) && hasWords(each));
}
const facts: ReadonlySet<string> = new Set(['type', 'ok', 'status', 'id', 'action', 'contentType']);

test.prop([value], { numRuns })(
  'an answer that holds words is sent or a problem, and never taken for none',
  (answer) => {
    fc.pre(hasWords(answer));
    const found = readAnswer(JSON.stringify(answer), 'application/json');
    expect(found.kind).not.toBe('none');
  },
);

table('what is said beside a list of replies, or a file, is said first', () => {
  const file = { mimeType: 'text/plain', data: 'YQ==' };
  const read = (answer: object) => readAnswer(JSON.stringify(answer), 'application/json');
  expect(read({ reply: words, replies: ['b'] })).toEqual({ kind: 'answers', answers: [words, 'b'] });
  expect(read({ reply: words, attachment: file })).toEqual({ kind: 'answers', answers: [words, { attachment: file }] });
  expect(read({ reaction: '👍', message: 'ok', id: 5 })).toMatchObject({ kind: 'answers' });
});
