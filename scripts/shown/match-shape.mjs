// Whether what a program prints has the shape that a document shows: keys and kinds of JSON, line by line of other text.

/**
 * @param shown What the document shows. `…` stands for anything; `3f1c…` for one word, the same wherever it stands.
 * @param printed What the program printed.
 * @param words What such words stand for; those that are met are added.
 * @returns what does not fit, a sentence each
 */
export function matchShape(shown, printed, words = new Map()) {
  const wanted = asJson(shown);
  if (wanted === undefined) return matchLines(shown, printed);
  const lines = printed.trim().split('\n');
  const found = asJson(printed) ?? asJson(lines.at(-1) ?? '');
  if (found === undefined) return [`JSON is shown, and this is printed: ${printed.trim().slice(0, 300)}`];
  return matchValue(wanted, found, { at: '', words });
}

/** JSON as people shorten it: `{…}`, `, …`, `"a":…`. */
function asJson(text) {
  const whole = text
    .trim()
    .replaceAll(/,\s*…\s*(?=[}\]])/gu, '')
    .replaceAll(/([{[])\s*…\s*(?=[}\]])/gu, '$1')
    .replaceAll(/:\s*…/gu, ': "…any"');
  try {
    const value = JSON.parse(whole);
    return typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

const kindOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function matchValue(wanted, found, { at, words }) {
  if (wanted === '…any') return [];
  // What is absent today may be there tomorrow, and the other way round.
  if (wanted === null || found === null) return [];
  if (kindOf(wanted) !== kindOf(found))
    return [`${at || 'the answer'} is shown as ${kindOf(wanted)}, and is ${kindOf(found)}`];
  if (typeof wanted === 'string') {
    if (/^\w+…$/u.test(wanted)) words.set(wanted, found);
    return [];
  }
  if (Array.isArray(wanted)) {
    if (wanted.length === 0) return [];
    if (found.length === 0) return [`${at} is shown with something in it, and is empty`];
    return matchValue(wanted[0], found[0], { at: `${at}[0]`, words });
  }
  if (typeof wanted !== 'object') return [];
  return Object.entries(wanted).flatMap(([key, value]) =>
    Object.hasOwn(found, key)
      ? matchValue(value, found[key], { at: `${at}.${key}`, words })
      : [`${at}.${key} is shown, and is not there`],
  );
}

/** Each line that is shown must be printed, in this order; addresses, ids, numbers and paddings may differ. */
function matchLines(shown, printed) {
  const lines = printed.split('\n');
  let from = 0;
  const missing = [];
  for (const line of shown.split('\n').filter((each) => each.trim() !== '' && each.trim() !== '…')) {
    const form = formOf(line);
    const at = lines.findIndex((each, index) => index >= from && form.test(each.trim()));
    if (at === -1) missing.push(`this line is shown, and is not printed: ${line}`);
    else from = at + 1;
  }
  return missing.length === 0 ? [] : [...missing, `printed: ${printed.trim().slice(0, 600)}`];
}

const forms = [
  [/^…$/u, '.*'],
  [/^0x/u, '0x[0-9a-fA-F]+'],
  [/^\d/u, String.raw`\d+(?:\.\d+)?`],
  [/^\s/u, String.raw`\s+`],
];

function formOf(line) {
  // A gutter is made anew for each agent.
  const [, quoted] = /^[a-z0-9]{4,8}\| (.*)$/u.exec(line.trim()) ?? [];
  if (quoted !== undefined) return /^[a-z0-9]+\| /u;
  const loose = line
    .trim()
    .replaceAll(
      /…|0x[0-9a-fA-F]+|\b\d+(?:\.\d+)?\b|\s+|[\\^$.*+?()[\]{}|]/gu,
      (part) => forms.find(([known]) => known.test(part))?.[1] ?? `\\${part}`,
    );
  return new RegExp(`^${loose}$`, 'u');
}
