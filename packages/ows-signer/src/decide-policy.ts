import { isXmtpInstallationText } from './xmtp-signature-text.ts';

/** Verdict of a policy, as OWS reads it. */
export type PolicyResult = { allow: true } | { allow: false; reason: string };

/** What OWS tells a policy about a request, as far as this policy looks at it. Later versions may name the operation. */
interface PolicyContext {
  chain_id?: unknown;
  transaction?: { raw_hex?: unknown };
  typed_data?: unknown;
  operation?: unknown;
  request_type?: unknown;
}

/**
 * Allows a token to sign what an XMTP mailbox needs, and nothing else: no transactions, no typed data, no other messages.
 * @param context The PolicyContext of OWS, parsed.
 */
export function decidePolicy(context: unknown): PolicyResult {
  const { chain_id, transaction, typed_data, operation, request_type } = (context ?? {}) as PolicyContext;
  if (typeof chain_id !== 'string' || !chain_id.startsWith('eip155:')) return deny('not an Ethereum signature');
  if (typed_data !== undefined && typed_data !== null) return deny('typed data');
  for (const kind of [operation, request_type]) {
    const isMessage = kind === undefined || kind === null || kind === 'message' || kind === 'sign_message';
    if (!isMessage) return deny('not a message');
  }
  const hex = /^(?:0x)?((?:[0-9a-fA-F]{2})+)$/.exec(String(transaction?.raw_hex))?.[1];
  if (hex === undefined) return deny('no message');
  return isXmtpInstallationText(decode(hex)) ? { allow: true } : deny('not a request of an XMTP mailbox');
}

function deny(reason: string): PolicyResult {
  return { allow: false, reason };
}

/** Bytes that are no UTF-8 become replacement characters, which are not ASCII and so in no request. */
function decode(hex: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Buffer.from(hex, 'hex'));
}
