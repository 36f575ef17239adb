import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { candidates, hostileText, known, lettersAndCandidates } from '../../test/hostile-text.ts';
import { runs } from '../../test/runs.ts';
import { sampleMessage } from '../../test/samples.ts';
import { renderBody } from '../text/render-body.ts';
import { createBoundary } from './create-boundary.ts';
import type { BoundaryMode } from './layout.ts';

const pythonBreaks = /\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]/; // oxlint-disable-line no-control-regex -- its own set
const modes: BoundaryMode[] = ['delimit', 'datamark', 'encode'];
const boundaryOf = (mode: BoundaryMode) =>
  createBoundary({ ...known, mode, idFor: (id) => (id.includes('#') ? `${known.id}00` : known.id) });
const wrapped = (mode: BoundaryMode, text: string) => boundaryOf(mode).wrap(sampleMessage({ text }));

describe.each(modes)('%s, to an attacker who knows every marker', (mode) => {
  test.prop([hostileText], runs(600))(
    'one end line, all body lines behind the gutter, nothing after the end',
    (text) => {
      const { text: block, id } = wrapped(mode, text);
      const lines = block.split(pythonBreaks);
      const end = `</untrusted_xmtp_message id="${id}">`;
      expect(lines.filter((line) => line === end)).toHaveLength(1);
      expect(lines.at(-1)).toBe(end);
      expect(lines.filter((line) => line === 'body:')).toHaveLength(1);
      const body = lines.slice(lines.indexOf('body:') + 1, -1);
      expect(body.length).toBeGreaterThan(0);
      expect(body.every((line) => line.startsWith('x7k2| '))).toBe(true);
    },
  );

  test.prop([hostileText], runs(300))('a block within a block comes back whole', (text) => {
    const inner = wrapped('delimit', text).text;
    const outer = createBoundary({ mode, limits: { maxBytes: 1e6, maxLines: 1e6 } }).wrap(
      sampleMessage({ text: inner }),
    );
    expect(boundaryOf(mode).parse(outer.text)?.original).toBe(inner);
  });
});

describe.each([...modes, 'json' as const])('%s', (mode) => {
  test.prop([hostileText], runs(300))('what is parsed is what was rendered', (text) => {
    const boundary = boundaryOf(mode);
    const message = sampleMessage({
      text,
      historical: true,
      replyTo: 'ab',
      senderName: { name: 'bob.eth', verified: true },
    });
    const { text: block, canonical, id, report } = boundary.wrap(message);
    expect(canonical).toBe(renderBody(text).text);
    expect(boundary.parse(block)).toMatchObject({
      mode,
      id,
      text: canonical,
      from: message.senderAddress.toLowerCase(),
      fromInbox: message.senderInboxId,
      sender: 'allowlisted',
      authority: 'none',
      name: '"bob.eth" (verified)',
      message: message.messageId,
      conversation: message.conversationId,
      conversationType: 'dm',
      replyTo: 'ab',
      sent: '2026-01-02T03:04:05Z',
      received: '2026-01-02T03:04:06Z',
      historical: true,
      contentType: message.contentType,
      hiddenRemoved: report.hiddenRemoved,
      escaped: report.escaped,
      truncated: false,
    });
  });

  test.prop([hostileText], runs(300))('no control but LF and TAB, well-formed', (text) => {
    const { text: block } = wrapped(mode, text);
    expect(block).not.toMatch(/(?![\n\t])[\p{Cc}\u2028\u2029]/u);
    expect(block.isWellFormed()).toBe(true);
  });
});

test.prop([hostileText], runs(300))('json: one line of ASCII without a bracket that opens markup', (text) => {
  expect(wrapped('json', text).text).toMatch(/^[ -;=?-~]+$/);
});

test.prop([lettersAndCandidates], runs(2_000))('P5b: nothing hidden is left between letters', (text) => {
  const hidden =
    /(?![\n\t\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}])[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Cc}\p{Noncharacter_Code_Point}]/u;
  expect(renderBody(text).text).not.toMatch(hidden);
});

it('P5b: each candidate alone between letters goes or is shown', () => {
  for (const one of candidates) {
    const { text } = renderBody(`a${one}b`);
    expect(/^(?:ab|a\n+b|a\[U\+[0-9A-F]{4,6}\]b)$/.test(text), `U+${one.codePointAt(0)!.toString(16)}`).toBe(true);
  }
});

test.prop([hostileText, fc.integer({ min: 1, max: 60 })], runs(600))('size is bounded by size', (text, times) => {
  const long = text.repeat(times);
  const bytes = (value: string) => new TextEncoder().encode(value).length;
  const { text: block } = createBoundary({
    ...known,
    idFor: () => 'a'.repeat(16),
    limits: { maxBytes: 1e9, maxLines: 1e9 },
  }).wrap(sampleMessage({ text: long }));
  const header = bytes(block.slice(0, block.indexOf('body:\n') + 6)) + 64;
  const lines = block.split('\n').length;
  expect(bytes(block)).toBeLessThanOrEqual(1.5 * bytes(long) + 6 * lines + 32 * 40 + header);
});

test.prop([hostileText, fc.integer({ min: 8, max: 200 }), fc.integer({ min: 1, max: 12 })], runs(600))(
  'limits hold, whole characters only, and a cut is said',
  (text, maxBytes, maxLines) => {
    const full = renderBody(text, { maxBytes: 1e9, maxLines: 1e9 });
    const cut = renderBody(text, { maxBytes, maxLines });
    expect(new TextEncoder().encode(cut.text).length).toBeLessThanOrEqual(maxBytes);
    expect(cut.text.split('\n').length).toBeLessThanOrEqual(maxLines);
    expect(cut.truncated).toBe(cut.length < cut.fullLength);
    expect(cut.text.isWellFormed()).toBe(true);
    if (!cut.truncated) expect(cut.text).toBe(full.text);
  },
);
