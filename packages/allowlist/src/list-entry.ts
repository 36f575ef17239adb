/** An entry as it is shown and written. */
export interface ListEntry {
  readonly id: string;
  readonly name: string | null;
}
