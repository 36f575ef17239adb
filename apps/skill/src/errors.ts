import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions } from '@xmtp-messaging/errors';

/** Why a deployment was refused. Nothing has been written then, but for `FILE_UNWRITABLE`. */
export type SkillErrorCode =
  /** The team file cannot be read. */
  | 'TEAM_UNREADABLE'
  /** A `.env` file exists and cannot be read. */
  | 'ENV_UNREADABLE'
  /** OWS_WALLET holds something that is not the name of a wallet; what, is not said. */
  | 'WALLET_INVALID'
  /** A file of ours would replace a file that this program did not write. */
  | 'FILE_FOREIGN'
  /** A symbolic link leads the agent's folder elsewhere. */
  | 'FOLDER_LINKED'
  /** A file could not be written. */
  | 'FILE_UNWRITABLE';

/** What each means and what to do. */
export const skillErrorTexts: ErrorTexts<SkillErrorCode> = {
  TEAM_UNREADABLE: { what: 'The team file cannot be read.', next: 'Check its path.' },
  ENV_UNREADABLE: {
    what: 'A .env file cannot be read.',
    next: 'Nothing was deployed: without it, an agent could get the wrong wallet.',
  },
  WALLET_INVALID: {
    what: 'OWS_WALLET is not the name of a wallet.',
    next: 'Use letters, digits, spaces and . _ @ : + - only; `ows wallet list` shows the names.',
  },
  FILE_FOREIGN: {
    what: 'A file is in the way that was not written by this program.',
    next: 'Move it elsewhere, then deploy again. Nothing was deployed.',
  },
  FOLDER_LINKED: {
    what: 'A symbolic link is in the way.',
    next: 'Make it a folder or file of its own. Nothing was deployed.',
  },
  FILE_UNWRITABLE: {
    what: 'A file cannot be written.',
    next: 'Give this user the folder, then deploy again.',
    retryable: true,
  },
};

/** Every failure of this program, besides those of the team file itself. */
export class SkillError extends BaseError<SkillErrorCode> {
  override readonly name = 'SkillError';

  constructor(options: KnownErrorOptions<SkillErrorCode>) {
    super(fillIn(skillErrorTexts, options));
  }
}
