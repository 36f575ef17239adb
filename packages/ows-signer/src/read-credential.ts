import { OwsSignerError } from './errors.ts';
import type { OwsCredential } from './types.ts';

/**
 * The credential without the line breaks that files end with; `undefined` when there is none.
 * @throws OwsSignerError `OWS_BAD_CREDENTIAL`
 */
export async function readCredential(credential: OwsCredential | undefined): Promise<string | undefined> {
  let value;
  try {
    value = typeof credential === 'function' ? await credential() : credential;
  } catch (cause) {
    throw unusable('could not be read', cause);
  }
  const trimmed = value?.replace(/[\r\n]+$/, '') ?? '';
  if (trimmed.includes('\0')) throw unusable('contains a null byte');
  return trimmed === '' ? undefined : trimmed;
}

function unusable(why: string, cause?: unknown): OwsSignerError {
  return new OwsSignerError({
    code: 'OWS_BAD_CREDENTIAL',
    shortMessage: `The passphrase or token ${why}.`,
    metaMessages: ['Check where it comes from, such as OWS_PASSPHRASE_FILE.'],
    cause,
  });
}
