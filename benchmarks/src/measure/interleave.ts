/** Something measured; resolves to its value for this round. */
export type Contender = (round: number) => Promise<number>;

export interface InterleaveOptions<Name extends string> {
  contenders: Readonly<Record<Name, Contender>>;
  rounds: number;
  /** Rounds that run first and count for nothing: connections, caches and compiled code become warm. @default 1 */
  warmUp?: number | undefined;
  onRound?: ((round: number, of: number) => void) | undefined;
}

/**
 * Measures every contender in every round. The order turns by one from round to round, so that no contender always
 * runs first, or always after the same neighbour's left-overs.
 */
export async function interleave<Name extends string>(
  options: InterleaveOptions<Name>,
): Promise<Record<Name, number[]>> {
  const { contenders, rounds, warmUp = 1, onRound } = options;
  const names = Object.keys(contenders) as Name[];
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -warmUp; round < rounds; round += 1) {
    onRound?.(round, rounds);
    const first = (round + warmUp) % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const value = await contenders[name](round);
      if (round >= 0) values[name].push(value);
    }
  }
  return values;
}
