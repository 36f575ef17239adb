import { renderBody, type RenderOptions } from './render-body.ts';

/** UTF-8 bytes of a line. */
const maxBytes = 256;

/**
 * Renders a few words that a stranger chose, such as the title of a group, on one line that is safe to show: by the rules of a
 * body, with each run of white space as one space. What is longer is cut; empty when nothing is left.
 */
export function renderLine(words: string, options: Pick<RenderOptions, 'modelTokens'> = {}): string {
  const line = words.slice(0, 2 * maxBytes).replaceAll(/\s{1,512}/gu, ' ');
  const { text } = renderBody(line, { ...options, maxBytes, maxLines: 8 });
  return text.replaceAll(/\s+/gu, ' ').trim();
}
