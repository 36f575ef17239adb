/** Absent is `null`; the binding throws for it. */
export function orNull<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && /not found/.test(error.message)) return null;
    throw error;
  }
}
