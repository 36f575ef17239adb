/** `T`, of which each member may be left out; `undefined` is left out, too. */
export type Optional<T> = { [Key in keyof T]?: T[Key] | undefined };

/** `defaults`, with what is given in their place; what is `undefined` is not given. */
export function withDefaults<T extends object>(defaults: T, given: Optional<T> = {}): T {
  const known = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...(Object.fromEntries(known) as Partial<T>) };
}
