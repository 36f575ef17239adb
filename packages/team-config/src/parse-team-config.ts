import { indentingTab, printable, quoteInput, tabMessage } from '@xmtp-messaging/errors';
import { LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { describeIssue } from './describe-issue.ts';
import { faulty, TeamConfigError, type TeamConfigIssue } from './errors.ts';
import { formatPath, locate } from './locate.ts';
import { mergeAgent, teamName } from './merge-agent.ts';
import { teamSchema } from './schema.ts';
import type { TeamConfig } from './types.ts';

const maxLength = 1024 * 1024;

/** Options of `parseTeamConfig`. */
export interface ParseTeamConfigOptions {
  /** The file's name in errors. @default 'team.yaml' */
  path?: string | undefined;
}

/** Reads the text of a team file and merges what its agents inherit. @throws TeamConfigError that lists every fault with its line and column. */
export function parseTeamConfig(text: string, options: ParseTeamConfigOptions = {}): TeamConfig {
  const { path: file = 'team.yaml' } = options;
  if (text.length > maxLength) {
    throw new TeamConfigError({
      code: 'TEAM_TOO_LARGE',
      shortMessage: `${file} has more than ${maxLength} characters.`,
    });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const at = (offset: number, path: readonly PropertyKey[], message: string): TeamConfigIssue => {
    const { line, col } = lines.linePos(offset);
    return {
      line: Math.max(line, 1),
      column: Math.max(col, 1),
      path: formatPath(path),
      message: printable(message.replaceAll(/\s+/gu, ' ')),
    };
  };

  const faults = [...document.errors, ...document.warnings].map(({ pos, message }) => at(pos[0], [], message));
  const [first] = document.errors;
  const tab = first === undefined ? null : indentingTab(text, first.pos[1]);
  if (tab !== null) throw faulty('TEAM_SYNTAX', file, [at(tab, [], tabMessage)]);
  if (document.directives.yaml.version !== '1.2')
    faults.push(at(0, [], 'only YAML 1.2 is read; remove the %YAML line'));
  visit(document, {
    Pair: (_key, { key }) => {
      const range = (key as { range?: [number, number, number] } | null)?.range;
      if (String(key) === '<<')
        faults.push(at(range?.[0] ?? 0, [], 'merge keys ("<<") are not read; repeat the settings'));
    },
    Node: (_key, node) => {
      if (node.tag !== undefined)
        faults.push(at(node.range?.[0] ?? 0, [], `the tag ${quoteInput(node.tag)} is not allowed`));
    },
  });
  if (faults.length > 0) throw faulty('TEAM_SYNTAX', file, faults);

  const result = teamSchema.safeParse(toValue(), { error: describeIssue });
  if (!result.success) {
    const issues = result.error.issues
      .flatMap(spread)
      .map(({ path, message }) => at(locate(document, path), path, message));
    throw faulty(
      'TEAM_INVALID',
      file,
      issues.toSorted((a, b) => a.line - b.line || a.column - b.column),
    );
  }
  const team = result.data;
  return {
    version: String(team.version ?? '1.0'),
    team: teamName(team),
    allowsEachOther: typeof team.team === 'object' && team.team?.allow === 'each-other',
    shared: typeof team.team === 'object' ? (team.team?.shared ?? null) : null,
    agents: team.agents.map((agent) => mergeAgent(team, agent)),
  };

  /** Aliases are expanded here, and counted: a bomb ends as an error. */
  function toValue(): unknown {
    try {
      return document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      throw faulty('TEAM_SYNTAX', file, [at(0, [], (error as Error).message)]);
    }
  }
}

/** One issue for each key that nobody knows, at that key. */
function spread(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.path.length === 0 && issue.code === 'invalid_type') {
    return [{ path: [], message: 'a team file is a map with a list of "agents"' }];
  }
  if (issue.code !== 'unrecognized_keys') return [issue];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: issue.message }));
}
