import type { Identifier, IdentifierKind } from '@xmtp/node-sdk';

// The SDK's enums are ambient const enums, which isolated modules cannot read.
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the enum
const member = <Enum>(value: number) => value as Enum;

/** What the SDK calls an Ethereum address. */
export function toIdentifier(address: string): Identifier {
  return { identifier: address, identifierKind: member<IdentifierKind>(0) };
}
