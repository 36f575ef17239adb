import { accepts } from 'hono/accepts';
import type { Context } from 'hono';

/** A message as far as its bare text needs it. */
export interface TextMessage {
  /** Hex. */
  id: string;
  /** The wrapped block. */
  text: string | null;
}

/** Whether a caller wants the bare blocks: `format` decides, else what it accepts. */
export function wantsText(context: Context, format: 'json' | 'text' | undefined): boolean {
  if (format !== undefined) return format === 'text';
  const types = ['application/json', 'text/plain'];
  return accepts(context, { header: 'Accept', supports: types, default: 'application/json' }) === 'text/plain';
}

/** The block of a message alone. Nothing that its sender chose stands outside of it. */
export function blockOf({ id, text }: TextMessage): string {
  return text ?? `[message ${id}: no text]`;
}

/** Blocks line by line, a blank line between two. */
export function blocksOf(messages: readonly TextMessage[]): string {
  return messages.map((message) => `${blockOf(message)}\n`).join('\n');
}

/**
 * `Link` (RFC 8288) to the next page of an answer that is text.
 * @param changes Parameters of the next page; `null` when there is none.
 */
export function linkTo(url: string, changes: Readonly<Record<string, string>> | null): Record<string, string> {
  return changes === null ? {} : { link: `<${withQuery(url, changes)}>; rel="next"` };
}

/** The same request with other parameters. */
function withQuery(url: string, changes: Readonly<Record<string, string>>): string {
  const { pathname, searchParams } = new URL(url);
  for (const [name, value] of Object.entries(changes)) searchParams.set(name, value);
  return `${pathname}?${searchParams.toString()}`;
}
