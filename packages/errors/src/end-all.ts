/**
 * Takes each step in turn, whatever became of the one before: what is held is let go even where something else cannot be ended.
 * @throws what the first step that failed threw, once all have been taken
 */
export async function endAll(...steps: readonly (() => unknown)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
