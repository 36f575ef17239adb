import { test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { hostileText } from '../../test/hostile-text.ts';
import { languageSamples } from '../../test/language-samples.ts';
import { runs } from '../../test/runs.ts';
import { renderBody } from '../text/render-body.ts';
import { datamark, removeMarks } from './datamark.ts';

const markPattern = '\uE123';
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

test.prop([hostileText], runs(1_000))('without the marks it is the same text', (text) => {
  const body = renderBody(text).text;
  expect(removeMarks(datamark(body, markPattern), markPattern)).toBe(body);
});

test.prop([hostileText], runs(1_000))('a mark stands before each run of spaces, and no long run is without', (text) => {
  const marked = datamark(renderBody(text).text, markPattern);
  expect(marked).not.toMatch(/[^\uE123\t\p{Zs}][\t\p{Zs}]/u);
  expect(marked).not.toMatch(/[!-~]{9}|\p{Ideographic}{9}/u);
});

it('marks stand between characters as a reader sees them', () => {
  for (const [name, text] of Object.entries(languageSamples)) {
    const boundaries = new Set<number>();
    for (const { index } of graphemes.segment(text)) boundaries.add(index);
    const marked: number[] = [];
    let at = 0;
    for (const character of datamark(text, markPattern)) {
      if (character === markPattern) marked.push(at);
      else at += character.length;
    }
    expect(
      marked.filter((index) => !boundaries.has(index)),
      name,
    ).toEqual([]);
    expect(at).toBe(text.length);
  }
});
