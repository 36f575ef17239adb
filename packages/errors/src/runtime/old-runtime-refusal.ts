import { oldNodeRefusal } from '../process/old-node-refusal.ts';

/**
 * What a runtime is told that lacks the `v` flag of regular expressions (ECMAScript 2024), a sentence; `null` when it has it.
 * @param node Version of Node, `undefined` elsewhere.
 */
export function oldRuntimeRefusal(hasUnicodeSets: boolean, node: string | undefined): string | null {
  if (hasUnicodeSets) return null;
  const refusal = node === undefined ? null : oldNodeRefusal('XMTP Messaging', node);
  return (
    refusal?.trim() ??
    'XMTP Messaging needs a runtime that knows the v flag of regular expressions: a browser of 2023 or later.'
  );
}
