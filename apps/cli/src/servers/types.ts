/** A server that may be running. */
export interface KnownServer {
  /** The name of its agent in the team file, else of its wallet or address. */
  name: string;
  url: string;
  /** What it is asked for in the header `Xmtp-Agent`, so that no other server answers; `null`: whoever is there. */
  agent: string | null;
  /** EIP-55 or lower case; `null` while unknown. */
  address: string | null;
  /** Bearer token; `null` for none. */
  token: string | null;
}
