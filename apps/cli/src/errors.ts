import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions } from '@xmtp-messaging/errors';

/** Why a command did not do what it was asked for. */
export type CliErrorCode =
  /** No server that this could be asked of is running. */
  | 'NOT_RUNNING'
  /** There are several agents, and none was named. */
  | 'AGENT_UNCLEAR'
  /** No agent of this name is known here. */
  | 'AGENT_UNKNOWN'
  /** The server answered with a problem. */
  | 'SERVER_REFUSED'
  /** What answered is not one of our servers. */
  | 'ANSWER_INVALID'
  /** There is no team file here. */
  | 'TEAM_NOT_FOUND'
  /** Two agents have one wallet. */
  | 'WALLET_SHARED'
  /** Wallets are missing, and nobody agreed to make them. */
  | 'WALLET_MISSING'
  /** What cannot be undone was not agreed to. */
  | 'NOT_AGREED'
  /** The program `ows` failed. */
  | 'OWS_FAILED'
  /** The team is up already. */
  | 'ALREADY_UP'
  /** The team did not come up, or not down. */
  | 'TEAM_STUCK'
  /** A file is in the way that this program did not write. */
  | 'FILE_FOREIGN'
  /** A word of the command line means nothing here. */
  | 'ARGUMENT_INVALID'
  /** A fault of this program. */
  | 'INTERNAL';

/** What each means and what to do. */
export const cliErrorTexts: ErrorTexts<CliErrorCode> = {
  NOT_RUNNING: {
    what: 'No server of this agent is running.',
    next: 'Start it with `npx @xmtp-messaging/cli up`, or say where it is with --url.',
  },
  AGENT_UNCLEAR: { what: 'There are several agents here.', next: 'Say which one with --agent.' },
  AGENT_UNKNOWN: { what: 'No agent of this name is known here.', next: 'See `npx @xmtp-messaging/cli status`.' },
  SERVER_REFUSED: { what: 'The server refused this.', next: 'See what it said.' },
  ANSWER_INVALID: { what: 'What answered is not a server of XMTP Messaging.', next: 'Check --url and the port.' },
  TEAM_NOT_FOUND: {
    what: 'There is no team file here.',
    next: 'Name it, or go to the folder that has a team.yaml.',
  },
  WALLET_SHARED: {
    what: 'Two agents have one wallet: they would have one mailbox, which only one server can hold.',
    next: 'Give each its own wallet: OWS_WALLET in .env.NAME, or env.OWS_WALLET: ${name}-wallet under defaults of the team file.',
  },
  WALLET_MISSING: {
    what: 'The OWS vault has not all wallets of the team.',
    next: 'Answer yes, or give --yes, to have them made without a passphrase; or make them yourself.',
  },
  NOT_AGREED: { what: 'Nobody agreed to this, and it cannot be undone.', next: 'Answer yes, or give --yes.' },
  OWS_FAILED: { what: 'The program ows failed.', next: 'See what it said.' },
  ALREADY_UP: {
    what: 'This team is up already.',
    next: 'See `npx @xmtp-messaging/cli status`; `down` stops it.',
  },
  TEAM_STUCK: { what: 'The team did not do as it was told.', next: 'See `npx @xmtp-messaging/cli logs`.' },
  FILE_FOREIGN: {
    what: 'A file is in the way that was not written by this program.',
    next: 'Move it elsewhere, or choose another folder with --out. Nothing was written.',
  },
  ARGUMENT_INVALID: { what: 'An argument cannot be used.', next: 'Run with --help.' },
  INTERNAL: {
    what: 'This program has a fault.',
    next: 'Report it (github.com/xmtp-messaging/xmtp-messaging/issues), with the command and this:',
  },
};

/** What a `CliError` carries. */
export interface CliErrorOptions extends KnownErrorOptions<CliErrorCode> {
  /** Further members for `--json`; never secrets or texts. */
  facts?: Readonly<Record<string, unknown>> | undefined;
}

/** Every failure of this program, besides those of the packages below it. */
export class CliError extends BaseError<CliErrorCode> {
  override readonly name = 'CliError';
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(options: CliErrorOptions) {
    super(fillIn(cliErrorTexts, options));
    this.facts = options.facts ?? {};
  }
}
