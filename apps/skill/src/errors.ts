import { BaseError } from '@xmtp-messaging/errors';

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

/** Every failure of this program, besides those of the team file itself. */
export class SkillError extends BaseError<SkillErrorCode> {
  override readonly name = 'SkillError';
}
