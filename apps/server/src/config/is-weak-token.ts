const words =
  /password|passwort|secret|token|change-?me|default|example|admin|agent|xmtp|bearer|letmein|qwerty|test/giu;

/** Whether a token is one that people would try: few characters, a pattern, a run of the alphabet, or mere words. */
export function isWeakToken(token: string): boolean {
  const plain = token.toLowerCase();
  return (
    new Set(plain).size < 6 ||
    /^(.{1,16}?)\1+.{0,15}$/u.test(plain) ||
    stepsOfOne(plain) * 2 >= plain.length ||
    plain.replaceAll(words, '').replaceAll(/[^a-z0-9]|(?:19|20)\d\d|123\d*/gu, '').length < 6
  );
}

/** How many characters follow their neighbour in the alphabet, or repeat it. */
function stepsOfOne(text: string): number {
  let steps = 0;
  for (let index = 1; index < text.length; index += 1)
    if (Math.abs(text.charCodeAt(index) - text.charCodeAt(index - 1)) <= 1) steps += 1;
  return steps;
}
