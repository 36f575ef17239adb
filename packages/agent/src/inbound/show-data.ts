import { renderBody } from '@xmtp-messaging/inbound-guard';

/** How much of it is shown, and what else must not stand in it. */
export interface ShowDataOptions {
  /** Bytes of all strings together. */
  maxBytes: number;
  modelTokens: readonly string[];
}

/** What every value costs beside its bytes, so that many small ones are bounded as well. */
const valueBytes = 8;

/**
 * A copy of what a stranger sent, in which every string and every key went through the rules for text: no hidden
 * characters, no controls, no tokens of a model. What is too much is left out, from the end. Bytes that are too many are left
 * out whole: half of a file is none.
 */
export function showData<T>(data: T, options: ShowDataOptions): { data: T; truncated: boolean } {
  const { maxBytes, modelTokens } = options;
  let left = maxBytes;
  let truncated = false;
  const text = (value: string): string => {
    if (left <= 0) {
      truncated ||= value !== '';
      return '';
    }
    const shown = renderBody(value, { maxBytes: left, maxLines: Infinity, modelTokens });
    truncated ||= shown.truncated;
    left -= shown.text.length;
    return shown.text;
  };
  const walk = (value: unknown): unknown => {
    left -= valueBytes;
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    const entries: [string, unknown][] = [];
    for (const [key, each] of Object.entries(value)) {
      if (left <= 0) {
        truncated = true;
        break;
      }
      const isBytes = key === 'content' && typeof each === 'string' && Object.hasOwn(value, 'contentLength');
      if (isBytes && each.length > left) truncated = true;
      else entries.push([Array.isArray(value) ? key : text(key), walk(each)]);
    }
    return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries);
  };
  return { data: walk(data) as T, truncated };
}
