// For its effect, as the first import of an entry: an old runtime is told in a sentence, before anything of ours or of others ends it in the middle.
import { BaseError } from '../base-error.ts';
import { oldRuntimeRefusal } from './old-runtime-refusal.ts';

const refusal = oldRuntimeRefusal(hasUnicodeSets(), globalThis.process?.versions?.node);
if (refusal !== null) throw new BaseError({ code: 'RUNTIME_TOO_OLD', shortMessage: refusal });

function hasUnicodeSets(): boolean {
  try {
    return new RegExp('', 'v').unicodeSets;
  } catch {
    return false;
  }
}
