/** How to ask the chain. */
export interface OnchainOptions {
  /** JSON-RPC endpoint of an Ethereum node: https, or http on 127.0.0.1. Never shown in errors: it may hold a key. */
  rpcUrl: string;
}
