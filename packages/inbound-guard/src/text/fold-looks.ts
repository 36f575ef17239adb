/** Letters of other scripts that look like one of ours and do not decompose into it. For looking only. */
const table: Record<string, string> = {
  a: 'аАαΑ',
  b: 'ЬВΒ',
  c: 'сСϲ',
  d: 'ԁ',
  e: 'еЕΕ',
  f: 'ғϝ',
  g: 'ɡց',
  h: 'һНΗհ',
  i: 'іІıιΙӏ',
  j: 'јЈ',
  k: 'кКκΚ',
  l: 'ⅼ',
  m: 'мМΜ',
  n: 'пոΝ',
  o: 'оОοΟօ',
  p: 'рРρΡ',
  q: 'ԛ',
  r: 'г',
  s: 'ѕЅꜱ',
  t: 'тТτΤ',
  u: 'υս',
  v: 'νѵ',
  w: 'ѡԝ',
  x: 'хХχΧ',
  y: 'уУγΥү',
  z: 'ᴢΖ',
};

const looks = new Map(Object.entries(table).flatMap(([letter, alike]) => Array.from(alike, (one) => [one, letter])));
const asciiPattern = /^[\x20-\x7E\u2581]*$/;

/** A short name with look-alikes as asciiPattern: full width, mathematical and accented letters, Cyrillic, Greek, Armenian. */
export function foldLooks(name: string): string {
  if (asciiPattern.test(name)) return name;
  return Array.from(name.normalize('NFKD').replace(/\p{M}/gu, ''), (one) => {
    const letter = looks.get(one);
    if (letter === undefined) return one;
    return one === one.toUpperCase() && one !== one.toLowerCase() ? letter.toUpperCase() : letter;
  }).join('');
}
