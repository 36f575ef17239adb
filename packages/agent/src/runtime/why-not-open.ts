import { type BaseError, causesOf, isBaseError } from '@xmtp-messaging/errors';
import { errnoOf, fileErrorTexts, fromSystemError } from '@xmtp-messaging/errors/files';
import type { StateReason } from '../types.ts';

/** Why the mailbox is not open, for status, log and callers, and whether another attempt may do better. */
export interface NotOpen {
  reason: StateReason;
  /** `soon`: it may pass by itself. `when-mended`: somebody must act, and may do so while we run. */
  again: 'soon' | 'when-mended' | 'never';
  /** Whether only somebody outside can end it, such as a folder that is a file, however soon it is tried again. */
  needsMending: boolean;
}

/** What an operator can mend outside this process: the vault, the wallet, the passphrase, the token. */
const mendable: ReadonlySet<string> = new Set([
  'SIGNER_FAILED',
  'OWS_CLI_NOT_FOUND',
  'OWS_CLI_NOT_EXECUTABLE',
  'OWS_CLI_FAILED',
  'OWS_OUTPUT_INVALID',
  'OWS_WALLET_NOT_FOUND',
  'OWS_WALLET_AMBIGUOUS',
  'OWS_NO_EVM_ACCOUNT',
  'OWS_BAD_CREDENTIAL',
  'OWS_TOKEN_UNKNOWN',
  'OWS_TOKEN_EXPIRED',
  'OWS_TOKEN_SCOPE',
  'OWS_POLICY_DENIED',
  'OWS_POLICY_MISSING',
  'OWS_VAULT_CORRUPT',
  'OWS_VAULT_IO',
]);
/** Nothing makes this right: the wallet is not what it says it is. */
const hopeless: ReadonlySet<string> = new Set(['OWS_SIGNER_MISMATCH', 'OWS_MESSAGE_REFUSED']);

export function whyNotOpen(error: unknown): NotOpen {
  const chain = oursOf(error);
  const [first] = chain;
  if (first === undefined) {
    const causes = causesOf(error).map(({ name, code }) => code ?? name);
    const reason = { code: 'INTERNAL', message: 'The mailbox could not be opened.', causes };
    return { reason: { ...reason, hint: 'The log says more.' }, again: 'never', needsMending: true };
  }
  const again = judge(chain);
  const told = again === 'when-mended' ? ['It is tried again by itself, without a restart.'] : [];
  // The innermost error knows best what to do.
  const hints = chain.toReversed().flatMap(({ metaMessages }) => metaMessages);
  return {
    reason: {
      code: first.code,
      message: unique(chain.map(({ shortMessage }) => shortMessage)).join(' '),
      hint: unique([...hints, ...told]).join(' '),
      causes: causesOf(first).map(({ name, code }) => code ?? name),
    },
    again,
    needsMending: again !== 'soon' || chain.some(({ code }) => isOfFiles(code)),
  };
}

/** What the process has too little of, it may have again. */
const passing: ReadonlySet<string> = new Set(['TOO_MANY_OPEN_FILES', 'OUT_OF_MEMORY']);
const isOfFiles = (code: string) => Object.hasOwn(fileErrorTexts, code) && !passing.has(code);

function judge(chain: readonly BaseError[]): NotOpen['again'] {
  if (chain.some(({ code }) => hopeless.has(code))) return 'never';
  if (chain.some(({ retryable }) => retryable)) return 'soon';
  return chain.some(({ code }) => mendable.has(code)) ? 'when-mended' : 'never';
}

/** The errors of this family in a chain of causes; what the operating system said becomes one. */
function oursOf(error: unknown): BaseError[] {
  const found: BaseError[] = [];
  const seen = new Set<unknown>();
  for (let e = error; e instanceof Error && !seen.has(e); e = e.cause) {
    seen.add(e);
    if (isBaseError(e)) found.push(e);
    else if (found.length === 0 && errnoOf(e) !== null && 'path' in e) found.push(fromSystemError(String(e.path), e));
  }
  return found;
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
