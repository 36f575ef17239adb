import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { parseJson } from '@xmtp-messaging/errors';
import { type Finding, ok, type Subject, warn } from './types.ts';

/** Whether id-cli, which resolves *.xid.eth, is there, or a node to read their registry from. Other names do without. */
export async function checkIdCli({ env }: Pick<Subject, 'env'>): Promise<Finding> {
  const said = env['ID_CLI_COMMAND'] || 'id-cli';
  const parsed = said.trimStart().startsWith('[') ? parseJson(said) : [said];
  const program = Array.isArray(parsed) ? String(parsed[0]) : said;
  const folders = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  const places = isAbsolute(program) ? [program] : folders.map((folder) => join(folder, program));
  for (const place of places)
    if (
      await access(place, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return ok('id-cli', `id-cli is ${place}.`);
  if (env['XID_RPC_URL'])
    return ok('id-cli', `${program} is not found; names that end with .xid.eth are read from XID_RPC_URL.`);
  return warn(
    'id-cli',
    `${program} is not found: names that end with .xid.eth cannot be resolved.`,
    'Install id-cli (https://github.com/idchain-world/id-cli), set ID_CLI_COMMAND, or set XID_RPC_URL to the URL of a Base node.',
  );
}
