/** A backup that was made. */
export interface HomeBackup {
  /** Lower case. */
  address: string;
  /** Such as `production`. */
  network: string;
  /** 64 hexadecimal digits. */
  inboxId: string;
  /** Of the home that was backed up, 64 hexadecimal digits. */
  installationId: string;
  /** Milliseconds since the epoch. */
  madeAt: number;
  /** Names of what it holds of the home, beside the archive of messages. */
  files: readonly string[];
}

/** A backup of an open mailbox. */
export interface OpenBackup extends HomeBackup {
  /** Sealed. To be read to its end, or cancelled; whoever stops in between has no backup. */
  stream: ReadableStream<Uint8Array>;
}
