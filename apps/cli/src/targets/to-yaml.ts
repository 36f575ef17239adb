import { stringify } from 'yaml';

// Line breaks of YAML 1.1 and characters that no reader takes as they are; JSON leaves them in.
const unseen = /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/gu;

/**
 * YAML that says the same to readers of 1.1 and of 1.2: every string stands in double quotes, so that none becomes a boolean, a number or a
 * date, and no line is folded.
 */
export function toYaml(value: unknown): string {
  const text = stringify(value, {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    doubleQuotedAsJSON: true,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
  return text.replaceAll(unseen, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
