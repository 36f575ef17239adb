import { z } from 'zod';
import { teamSchema } from './schema.ts';

/** JSON Schema (2020-12) of a team file, for editors: a `# yaml-language-server: $schema=` line names it. */
export function teamJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(teamSchema, { io: 'input' });
  return { $schema, title: 'Team file of XMTP Messaging', ...rest };
}
