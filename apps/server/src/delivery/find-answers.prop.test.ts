import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { findReply } from './find-reply.ts';

test.prop([fc.json()])('whatever an agent says is understood, nothing, or unclear', (json) => {
  const value: unknown = JSON.parse(json);
  const kinds = ['replies', 'reaction', 'content', 'reply'].map(
    (key) => findReply({ contentType: 'actions', [key]: value }).kind,
  );
  for (const kind of kinds) expect(['reply', 'answers', 'none', 'unclear']).toContain(kind);
});
