import { elementName } from '../text/stuffing.ts';

/** How the body stands in the block. */
export type BoundaryMode = 'delimit' | 'datamark' | 'json' | 'encode';

/** The words of the block. Wrapper, parser and system prompt are all made from these. */
export const layout = {
  element: elementName,
  /** The line after the headers. */
  body: 'body:',
  /** Follows the gutter on each line of the body. */
  separator: '| ',
  authority: 'authority: none',
  begin: (id: string) => `<${elementName} id="${id}">`,
  end: (id: string) => `</${elementName} id="${id}">`,
  escape: '[U+XXXX]',
  placeholder: '[guard: N …]',
} as const;

export const idPattern = /^[0-9a-f]{16,64}$/;
export const gutterPattern = /^[a-z0-9]{4,16}$/;
export const markPattern = /^[\uE000-\uF8FF]$/;

/** `U+E123` for a mark. */
export function markName(mark: string): string {
  return `U+${mark.charCodeAt(0).toString(16).toUpperCase()}`;
}
