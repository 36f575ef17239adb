/**
 * Draws cards at random, each once before any comes again. `next` is never called with nothing in it.
 * @param random Numbers in [0, 1).
 */
export function createDeck<Card>(cards: readonly Card[], random: () => number): { next(): Card } {
  let left: Card[] = [];
  return {
    next() {
      if (left.length === 0) left = [...cards];
      return left.splice(Math.floor(random() * left.length), 1)[0]!;
    },
  };
}
