/** What `id-cli info NAME` said about the name, in either of its formats, not yet checked. */
export interface IdCliRecord {
  domain: string;
  registered: boolean;
  /** ENS namehash of `domain`; `null` when not printed. */
  node: string | null;
  /** `null` when the name has no Ethereum address, or when id-cli could not read it: it does not tell which. */
  address: string | null;
}

/** A record, an error that id-cli reported, or nothing that we understand. */
export type IdCliOutput =
  | { kind: 'record'; record: IdCliRecord }
  | { kind: 'error'; code: string }
  | { kind: 'unreadable' };
