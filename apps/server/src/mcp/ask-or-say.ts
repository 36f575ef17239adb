import type { CallToolResult } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { AskMailbox, MailboxCall } from './types.ts';

const problemSchema = z.object({ code: z.string(), detail: z.string(), hint: z.string().optional() });

/** The answer in the form that was expected, or what the tool says instead of it. */
export type Asked<Answer> = { ok: true; answer: Answer } | { ok: false; says: CallToolResult };

/** Asks, and turns a refusal into an error that a model can act on: what happened, and what to do next. */
export async function askOrSay<Schema extends z.ZodType>(
  ask: AskMailbox,
  call: MailboxCall,
  schema: Schema,
): Promise<Asked<z.output<Schema>>> {
  const { status, body } = await ask(call);
  if (status < 300) return { ok: true, answer: schema.parse(body) };
  const problem = problemSchema.safeParse(body);
  const text = problem.success
    ? [`${problem.data.code}: ${problem.data.detail}`, problem.data.hint].filter(Boolean).join(' ')
    : `The mailbox answered with status ${status}.`;
  return { ok: false, says: { content: [{ type: 'text', text }], isError: true } };
}
