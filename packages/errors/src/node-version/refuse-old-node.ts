import { BaseError } from '../base-error.ts';
import { oldNodeRefusal } from '../process/old-node-refusal.ts';

/**
 * Ends the import of what runs on Node alone.
 * @param version Of Node, for example `22.18.0`.
 * @throws BaseError `RUNTIME_TOO_OLD`
 */
export function refuseOldNode(version: string): void {
  const refusal = oldNodeRefusal('XMTP Messaging', version);
  if (refusal !== null) throw new BaseError({ code: 'RUNTIME_TOO_OLD', shortMessage: refusal.trim() });
}
