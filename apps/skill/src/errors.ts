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
  /** A list of MCP servers cannot be read, or cannot be added to. */
  | 'CONFIG_UNREADABLE'
  /** Two agents would have one skill in one folder. */
  | 'WORKSPACE_SHARED'
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
  CONFIG_UNREADABLE: {
    what: 'A list of MCP servers cannot be read, or cannot be added to.',
    next: 'Mend the file, or add the server by hand and deploy without MCP. Nothing was deployed.',
  },
  WORKSPACE_SHARED: {
    what: 'Two agents run in one folder, and would have one skill.',
    next: 'Give each a folder of its own by xmtp.workspace in the team file. Nothing was deployed.',
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
