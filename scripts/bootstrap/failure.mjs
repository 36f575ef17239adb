/** A set-up step that cannot go on; its message says what happened, why, and what to do. */
export class SetupError extends Error {
  name = 'SetupError';
}

const network =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|socket hang up|error sending request|dns error/i;
const disk = /ENOSPC|no space left|EDQUOT|quota exceeded/i;
const tampered = /EINTEGRITY|integrity checksum failed/i;
const readOnly = /EACCES|EPERM|EROFS|permission denied|read-only file system/i;

/**
 * Turns the output of a failed installer into a message for a person.
 * @param {string} step what was being done, for example "install the dependencies"
 * @param {string} output everything the installer printed
 */
export function explainFailure(step, output) {
  const tail = output.trim().split('\n').slice(-15).join('\n');
  const because = (reason, advice) => new SetupError(`Could not ${step}: ${reason}\n${advice}\n\n${tail}`);
  if (tampered.test(output)) {
    return because(
      'what the registry sent is not what is pinned here. Nothing of it was run.',
      'Check who answers for your npm registry (npm config get registry) and clear its cache (npm cache verify), then try again.',
    );
  }
  if (disk.test(output)) return because('the disk is full.', 'Free about 1.5 GB and run the same command again.');
  if (network.test(output)) {
    return because(
      'the npm registry cannot be reached.',
      'Check the connection, a proxy (HTTPS_PROXY) or the registry setting (npm config get registry), then run the same command again.',
    );
  }
  if (readOnly.test(output)) {
    return because(
      'a file cannot be written.',
      'Check that this folder and your home folder belong to you, then try again.',
    );
  }
  return because('the installer failed.', 'Its last lines are below; run the same command again to retry.');
}
