// Whether a value is what the comment behind it says.
import { runInNewContext } from 'node:vm';

/** A literal at the begin of a comment; what follows is words. */
const literal = /^(?:true|false|null|undefined|-?(?:0|[1-9][\d_]*)(?:\.\d+)?(?!\w)|'[^']*'|\{.*\}|\[.*\])/u;
/** From here on a number is a time, which differs. */
const time = 1_000_000_000;

/**
 * @param shown A comment. One that is no literal says nothing about the value. `…` stands for anything; addresses and ids may differ.
 * @returns what does not fit, a sentence each
 */
export function matchValue(shown, value) {
  const text = literal.exec(shown)?.[0];
  if (text === undefined) return [];
  const wanted = runInNewContext(`(${text.replaceAll(/,?\s*…(?=\s*[\]}])/gu, '')})`);
  return match(wanted, value, 'it');
}

function match(wanted, value, at) {
  if (Array.isArray(wanted)) {
    const same = Array.isArray(value) && value.length === wanted.length;
    return same
      ? wanted.flatMap((each, index) => match(each, value[index], `${at}[${index}]`))
      : [differs(wanted, value, at)];
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof value !== 'object' || value === null) return [differs(wanted, value, at)];
    return Object.entries(wanted).flatMap(([key, each]) => match(each, value[key], `${at}.${key}`));
  }
  if (typeof wanted === 'number' && wanted >= time)
    return typeof value === 'number' ? [] : [differs(wanted, value, at)];
  if (typeof wanted === 'string')
    return typeof value === 'string' && formOf(wanted).test(value) ? [] : [differs(wanted, value, at)];
  return wanted === value ? [] : [differs(wanted, value, at)];
}

const differs = (wanted, value, at) => `${at} is shown as ${JSON.stringify(wanted)}, and is ${JSON.stringify(value)}`;

function formOf(text) {
  const parts = text.split(/(…|0x[\da-fA-F]{40})/u);
  const form = parts.map((part) =>
    part === '…'
      ? '.*'
      : /^0x[\da-fA-F]{40}$/u.test(part)
        ? '0x[\\da-fA-F]{40}'
        : part.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`),
  );
  return new RegExp(`^${form.join('')}$`, 'u');
}
