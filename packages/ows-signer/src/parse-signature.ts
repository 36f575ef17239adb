import { OwsSignerError } from './errors.ts';

/**
 * The 65 bytes of the signature in the output of `ows sign message`, JSON or bare hex, with v as 27 or 28.
 * @throws OwsSignerError `OWS_OUTPUT_INVALID`
 */
export function parseSignature(stdout: string): Uint8Array {
  const hex = /^(?:0x)?([0-9a-fA-F]{130})$/.exec(signatureText(stdout.trim()))?.[1];
  const bytes = hex === undefined ? null : Uint8Array.from(Buffer.from(hex, 'hex'));
  const v = bytes?.[64] ?? -1;
  const recovery = v < 27 ? v : v - 27;
  if (bytes === null || (recovery !== 0 && recovery !== 1)) {
    throw new OwsSignerError({
      code: 'OWS_OUTPUT_INVALID',
      shortMessage: 'The signing command ended well, but did not print a signature.',
      exitCode: 0,
    });
  }
  bytes[64] = 27 + recovery;
  return bytes;
}

function signatureText(output: string): string {
  if (!output.startsWith('{')) return output.split('\n').at(-1)!.trim();
  try {
    const { signature } = JSON.parse(output) as { signature?: unknown };
    return typeof signature === 'string' ? signature : '';
  } catch {
    return '';
  }
}
