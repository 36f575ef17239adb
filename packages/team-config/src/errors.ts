import { BaseError, type ErrorTexts, fillIn, type KnownErrorOptions, printable } from '@xmtp-messaging/errors';

/** Why a team file was refused. */
export type TeamConfigErrorCode =
  /** Not YAML 1.2, or YAML that hides meaning: tags, merge keys, directives. */
  | 'TEAM_SYNTAX'
  /** Larger than 1 MiB. */
  | 'TEAM_TOO_LARGE'
  /** A value has the wrong type or place, or a key is misspelt. */
  | 'TEAM_INVALID'
  /** The team has no agent of this name. */
  | 'UNKNOWN_AGENT';

/** What each means and what to do. */
export const teamConfigErrorTexts: ErrorTexts<TeamConfigErrorCode> = {
  TEAM_SYNTAX: { what: 'The team file is not plain YAML 1.2.', next: 'Mend the line that the error names.' },
  TEAM_TOO_LARGE: { what: 'The team file is larger than 1 MiB.', next: 'Split the team.' },
  TEAM_INVALID: { what: 'The team file has a fault.', next: 'Mend the line that the error names.' },
  UNKNOWN_AGENT: { what: 'The team has no such agent.', next: 'Use one of the names of the team file.' },
};

/** One fault of the file. Line and column count from 1. */
export interface TeamConfigIssue {
  /** Of the file. */
  readonly line: number;
  /** In characters. */
  readonly column: number;
  /** Such as `agents[0].xmtp.openMode`; empty for the file as a whole. */
  readonly path: string;
  /** One sentence: what is wrong, and what is allowed. */
  readonly message: string;
}

/** Every failure of this package. */
export class TeamConfigError extends BaseError<TeamConfigErrorCode> {
  override readonly name = 'TeamConfigError';
  /** All faults, in file order; empty for `UNKNOWN_AGENT` and `TEAM_TOO_LARGE`. */
  readonly issues: readonly TeamConfigIssue[];

  constructor(options: KnownErrorOptions<TeamConfigErrorCode> & { issues?: readonly TeamConfigIssue[] | undefined }) {
    super(fillIn(teamConfigErrorTexts, options));
    this.issues = options.issues ?? [];
  }
}

/** The error for a file with faults: each on a line of its own, as editors link them. */
export function faulty(
  code: 'TEAM_SYNTAX' | 'TEAM_INVALID',
  file: string,
  issues: readonly TeamConfigIssue[],
): TeamConfigError {
  return new TeamConfigError({
    code,
    shortMessage: `${printable(file)} has ${issues.length === 1 ? 'a fault' : `${issues.length} faults`}.`,
    metaMessages: issues.map(({ line, column, path, message }) => {
      return `${printable(file)}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`;
    }),
    issues,
  });
}
