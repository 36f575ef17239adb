/** A `Date` whose present is off by `shiftMs()`; given times stay what they are. */
export function shiftDate(real: DateConstructor, shiftMs: () => number): DateConstructor {
  const now = () => real.now() + shiftMs();
  return new Proxy(real, {
    apply: () => new real(now()).toString(),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
}
