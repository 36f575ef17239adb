import { expect, test } from 'vitest';
import { emojiCorpus, injectionCorpus, naughtyCorpus } from '../../test/corpora.ts';
import { languageSamples } from '../../test/language-samples.ts';
import { sampleMessage } from '../../test/samples.ts';
import { renderBody } from '../text/render-body.ts';
import { unstuff } from '../text/stuffing.ts';
import { createBoundary } from './create-boundary.ts';

test.each(Object.entries(languageSamples))('%s comes through unchanged', (_name, text) => {
  expect(unstuff(renderBody(text).text)).toBe(text);
  expect(renderBody(text).removed).toEqual({});
});

test('emoji come through unchanged, one by one and in a row', () => {
  for (const emoji of emojiCorpus) expect(renderBody(emoji).text).toBe(emoji);
  const row = emojiCorpus.join('');
  expect(renderBody(row, { maxBytes: Infinity }).text).toBe(row);
});

test.each(['delimit', 'datamark', 'json', 'encode'] as const)(
  'hostile strings stay inside the boundary: %s',
  (mode) => {
    const boundary = createBoundary({ mode });
    for (const text of [...naughtyCorpus, ...injectionCorpus, ...Object.values(languageSamples)]) {
      const { text: block, canonical, id } = boundary.wrap(sampleMessage({ text }));
      expect(boundary.parse(block)?.text).toBe(canonical);
      expect(block.split('\n').filter((line) => line === `</untrusted_xmtp_message id="${id}">`)).toHaveLength(
        mode === 'json' ? 0 : 1,
      );
    }
  },
);
