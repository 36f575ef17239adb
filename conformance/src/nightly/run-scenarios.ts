import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { Row } from '../run-table.ts';
import { runProgram, type RunOptions } from './run-program.ts';

/** The conformance scenarios with the SDK for Node, on both networks. */
export async function runScenarios(options: RunOptions): Promise<readonly Row[]> {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  const args = ['--conditions=@xmtp-messaging/source', main, '--client', 'node-sdk', '--json'];
  const { rows } = JSON.parse(await runProgram(process.execPath, args, options)) as { rows: Row[] };
  return rows;
}
