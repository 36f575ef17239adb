import type { Row } from '../run-table.ts';

/** The rows as a table: scenarios down, clients across, and the reasons by their numbers. */
export interface Cells {
  header: string[];
  body: string[][];
  reasons: string[];
}

const unique = (values: readonly string[]) => [...new Set(values)];

/** A cell says `V3, d14n` where both pass; what does not pass carries the number of its reason. */
export function toCells(rows: readonly Row[]): Cells {
  const clients = unique(rows.map(({ client }) => client));
  const versionOf = (client: string) => rows.find((row) => row.client === client)?.version;
  const reasons = unique(rows.flatMap(({ reason }) => (reason === null ? [] : [reason])));
  const networks = { v3: 'V3', d14n: 'd14n' };
  const part = ({ protocol, result, reason }: Row) => {
    if (result === 'pass') return networks[protocol];
    const number = `[${reasons.indexOf(reason ?? '') + 1}]`;
    return `${networks[protocol]}${result === 'fail' ? ' FAILS' : ' -'} ${number}`;
  };
  const cell = (scenario: string, client: string) =>
    rows
      .filter((row) => row.scenario === scenario && row.client === client)
      .map(part)
      .join(', ');
  return {
    header: ['scenario', ...clients.map((client) => [client, versionOf(client)].filter(Boolean).join(' '))],
    body: unique(rows.map(({ scenario }) => scenario)).map((scenario) => [
      scenario,
      ...clients.map((client) => cell(scenario, client)),
    ]),
    reasons,
  };
}
