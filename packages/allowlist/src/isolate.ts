/** Calls a listener. One that throws is its owner's bug to see; it never fails an edit or makes a file doubtful. */
export function isolate(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
