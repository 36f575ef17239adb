import { assertGutter, assertMark } from '../boundary/identifiers.ts';
import { layout } from '../boundary/layout.ts';
import { assertModelTokens, modelTokenPattern } from '../text/model-tokens.ts';
import { providerErrors } from './provider-errors.ts';
import { knownSecrets } from './known-secrets.ts';
import { findHexKeys, findPem, type Range } from './private-keys.ts';
import { type Markup, removeMarkup } from './remove-markup.ts';
import { secretShapes } from './secret-shapes.ts';

/** What a scrub looks for, each on by default. */
export interface ScrubOptions {
  /** Chat-template tokens and closed blocks of reasoning. @default true */
  scaffolding?: boolean | undefined;
  /** Blocks, markers and gutters of the boundary. @default true */
  markers?: boolean | undefined;
  /** Keys, tokens, passwords and seed phrases, by shape. @default true */
  secrets?: boolean | undefined;
  /**
   * Secrets of the program itself, as exact values of eight characters or more that are no single word: they go in whatever common encoding they
   * stand, `secrets` or not. Give the same array each time; what is made of it is kept. @default []
   */
  known?: readonly string[] | undefined;
  /** Tokens of the model, as exact strings, that its family does not share with others. @default [] */
  modelTokens?: readonly string[] | undefined;
  /** Lines that a model's provider wrote when it failed. @default true */
  providerErrors?: boolean | undefined;
  /** The gutter of the boundary, to be taken off lines that copy it. @default undefined */
  gutter?: string | undefined;
  /** The datamark of the boundary, to be taken out. @default undefined */
  mark?: string | undefined;
}

/** Something that was taken out. Never holds what it was. */
export interface ScrubFinding {
  /** By which option of `ScrubOptions` it went; `secret` also for those that are `known`. */
  kind: 'scaffolding' | 'marker' | 'secret' | 'provider-error';
  /** What was recognised, for example `api key`. */
  rule: string;
  /** How often. */
  count: number;
}

/** What an agent wrote, fit to be sent. */
export interface Scrubbed {
  /** What is left. */
  text: string;
  /** What was taken out. Empty for nothing. */
  findings: readonly ScrubFinding[];
}

const markerPattern = new RegExp(`<\\/?\\\\*${layout.element}(?: id="[0-9a-f<>a-z]{0,64}")?>`, 'gi');

function markersOf(gutter: string | undefined, mark: string | undefined): Markup[] {
  const found: Markup[] = [{ kind: 'marker', rule: 'block', pattern: markerPattern }];
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
 * Cleans what an agent is about to send. A net, not a wall: a secret in words, or in an encoding of another's making,
 * passes. A 32-byte hex value goes where the words beside it call it a key, and stays where nothing does: most are
 * hashes. Tokens stay where they are quoted or stand in code. Linear in the length of the text.
 * @throws GuardError INVALID_GUTTER, INVALID_MARK, INVALID_TOKEN
 */
export function scrubOutbound(text: string, options: ScrubOptions = {}): Scrubbed {
  const { scaffolding = true, markers = true, secrets = true, providerErrors: errors = true, gutter, mark } = options;
  const { known = [], modelTokens = [] } = options;
  assertModelTokens(modelTokens);
  const counts = new Map<string, ScrubFinding>();
  const note = (kind: ScrubFinding['kind'], rule: string) => {
    const finding = counts.get(`${kind} ${rule}`) ?? { kind, rule, count: 0 };
    finding.count += 1;
    counts.set(`${kind} ${rule}`, finding);
  };
  const patterns: Markup[] = markers ? markersOf(gutter, mark) : [];
  if (scaffolding && modelTokens.length > 0) {
    patterns.push({ kind: 'scaffolding', rule: 'token', pattern: modelTokenPattern(modelTokens), shownAsCode: true });
  }
  let out = removeMarkup(text, { scaffolding, patterns }, note);
  const replace = (pattern: RegExp, kind: ScrubFinding['kind'], rule: string, by: string) => {
    out = out.replace(pattern, () => {
      note(kind, rule);
      return by;
    });
  };
  const remove = (ranges: readonly Range[], rule: string) => {
    let kept = '';
    let copied = 0;
    for (const { start, end } of ranges) {
      note('secret', rule);
      kept += `${out.slice(copied, start)}[removed: ${rule}]`;
      copied = end;
    }
    out = kept + out.slice(copied);
  };
  const own = knownSecrets(known);
  if (own !== null) replace(own, 'secret', 'secret of this agent', '[removed: secret of this agent]');
  if (errors) {
    for (const pattern of providerErrors)
      replace(pattern, 'provider-error', 'provider error', '[removed: provider error]');
  }
  if (secrets) {
    remove(findPem(out), 'private key');
    for (const { rule, pattern } of secretShapes) replace(pattern, 'secret', rule, `[removed: ${rule}]`);
    remove(findHexKeys(out), '32-byte key');
  }
  // What was taken out may have been the quotation mark or the code around a token.
  if (out !== text) out = removeMarkup(out, { scaffolding, patterns }, note);
  return { text: out, findings: [...counts.values()] };
}
