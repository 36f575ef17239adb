/** An Ethereum address, `0x` and 40 hex digits. Inside this package always lower case. */
export type Address = `0x${string}`;
