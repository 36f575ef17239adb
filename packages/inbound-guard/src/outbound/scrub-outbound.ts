import { assertGutter, assertMark } from '../boundary/identifiers.ts';
import { layout } from '../boundary/layout.ts';
import { providerErrors } from './provider-errors.ts';
import { type Markup, removeMarkup, scaffolding as tokens } from './remove-markup.ts';
import { findBareKeys, secretShapes } from './secret-shapes.ts';

/** What a scrub looks for, each on by default. */
export interface ScrubOptions {
  /** Chat-template tokens and closed blocks of reasoning. @default true */
  scaffolding?: boolean | undefined;
  /** Blocks, markers and gutters of the boundary. @default true */
  markers?: boolean | undefined;
  /** Keys, tokens, passwords and seed phrases, by shape. @default true */
  secrets?: boolean | undefined;
  /** Lines that a model's provider wrote when it failed. @default true */
  providerErrors?: boolean | undefined;
  /** The gutter of the boundary, to be taken off lines that copy it. @default undefined */
  gutter?: string | undefined;
  /** The datamark of the boundary, to be taken out. @default undefined */
  mark?: string | undefined;
}

/** Something that was taken out. Never holds what it was. */
export interface ScrubFinding {
  kind: 'scaffolding' | 'marker' | 'secret' | 'provider-error';
  /** What was recognised, for example `api key`. */
  rule: string;
  count: number;
}

/** What an agent wrote, fit to be sent. */
export interface Scrubbed {
  text: string;
  findings: readonly ScrubFinding[];
}

const MARKER = new RegExp(`<\\/?\\\\*${layout.element}(?: id="[0-9a-f<>a-z]{0,64}")?>`, 'gi');

function markersOf(gutter: string | undefined, mark: string | undefined): Markup[] {
  const found: Markup[] = [{ kind: 'marker', rule: 'block', pattern: MARKER }];
  if (mark !== undefined) {
    assertMark(mark);
    found.push({ kind: 'marker', rule: 'mark', pattern: new RegExp(mark, 'g') });
  }
  if (gutter !== undefined) {
    assertGutter(gutter);
    found.push({ kind: 'marker', rule: 'gutter', pattern: new RegExp(`^${gutter}\\| ?`, 'gm') });
  }
  return found;
}

/**
 * Cleans what an agent is about to send. A net, not a wall: a secret in words, or in an encoding, passes.
 * Addresses stay, and so do 32-byte hashes where the words before them say what they are; a bare one may be a key and goes.
 * @throws GuardError INVALID_GUTTER, INVALID_MARK
 */
export function scrubOutbound(text: string, options: ScrubOptions = {}): Scrubbed {
  const { scaffolding = true, markers = true, secrets = true, providerErrors: errors = true, gutter, mark } = options;
  const counts = new Map<string, ScrubFinding>();
  const note = (kind: ScrubFinding['kind'], rule: string) => {
    const finding = counts.get(`${kind} ${rule}`) ?? { kind, rule, count: 0 };
    finding.count += 1;
    counts.set(`${kind} ${rule}`, finding);
  };
  const markup: Markup[] = scaffolding ? [...tokens] : [];
  if (markers) markup.push(...markersOf(gutter, mark));
  let out = removeMarkup(text, markup, note);
  const replace = (pattern: RegExp, kind: ScrubFinding['kind'], rule: string, by: string) => {
    out = out.replace(pattern, () => {
      note(kind, rule);
      return by;
    });
  };
  if (errors) {
    for (const pattern of providerErrors)
      replace(pattern, 'provider-error', 'provider error', '[removed: provider error]');
  }
  if (secrets) {
    for (const { rule, pattern } of secretShapes) replace(pattern, 'secret', rule, `[removed: ${rule}]`);
    let copied = 0;
    let kept = '';
    for (const { start, end } of findBareKeys(out)) {
      note('secret', '32-byte key');
      kept += `${out.slice(copied, start)}[removed: 32-byte key]`;
      copied = end;
    }
    out = kept + out.slice(copied);
  }
  return { text: out, findings: [...counts.values()] };
}
