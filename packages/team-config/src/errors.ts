import { BaseError, printable } from '@xmtp-messaging/errors';

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

/** One fault of the file. Line and column count from 1. */
export interface TeamConfigIssue {
  readonly line: number;
  readonly column: number;
  /** Such as `agents[0].xmtp.openMode`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Every failure of this package. */
export class TeamConfigError extends BaseError<TeamConfigErrorCode> {
  override readonly name = 'TeamConfigError';
  /** All faults, in file order; empty for `UNKNOWN_AGENT` and `TEAM_TOO_LARGE`. */
  readonly issues: readonly TeamConfigIssue[];

  constructor(options: {
    code: TeamConfigErrorCode;
    shortMessage: string;
    metaMessages?: readonly string[] | undefined;
    issues?: readonly TeamConfigIssue[] | undefined;
  }) {
    super(options);
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
