/** Returns a function that runs tasks one at a time, in the order of its calls. A failed task does not stop the next. */
export function createInOrder(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
}
