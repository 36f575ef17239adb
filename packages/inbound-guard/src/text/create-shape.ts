/** A sticky pattern, and which ASCII characters it may begin with: looking there costs a small part of trying it. */
export interface Shape {
  pattern: RegExp;
  /** By code unit. */
  begins: readonly boolean[];
}

/** @param first Class of the characters that `source` begins with, as it stands in a regular expression. */
export function createShape(first: string, source: string, flags: 'iy' | 'uy' = 'uy'): Shape {
  const pattern = new RegExp(`(?=${first})(?:${source})`, flags);
  const firstPattern = new RegExp(`^${first}$`, flags.replace('y', ''));
  const begins = Array.from({ length: 128 }, (_, code) => firstPattern.test(String.fromCharCode(code)));
  return { pattern, begins };
}

/** Whether `shape` stands at `at`. Afterwards `lastIndex` of its pattern is where it ends. */
export function standsAt(shape: Shape, text: string, at: number): boolean {
  return mayStandAt(shape, text, at) && shape.pattern.test(text);
}

/** `shape` where it stands at `at`, with its groups. Afterwards `lastIndex` of its pattern is where it ends. */
export function matchAt(shape: Shape, text: string, at: number): RegExpExecArray | null {
  return mayStandAt(shape, text, at) ? shape.pattern.exec(text) : null;
}

function mayStandAt({ pattern, begins }: Shape, text: string, at: number): boolean {
  if (at >= text.length || begins[text.charCodeAt(at)] === false) return false;
  pattern.lastIndex = at;
  return true;
}
