import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { hostileText, lettersAndCandidates } from '../../test/hostile-text.ts';
import { runs } from '../../test/runs.ts';
import { renderBody } from './render-body.ts';
import { renderLine } from './render-line.ts';

test.prop([fc.oneof(hostileText, lettersAndCandidates)], runs(1_000))(
  'words of a stranger stand on one line, in which a body has nothing to mend',
  (words) => {
    const line = renderLine(words);
    expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(384);
    const { removed, escaped, truncated } = renderBody(line);
    expect([removed, escaped, truncated]).toEqual([{}, 0, false]);
  },
);
