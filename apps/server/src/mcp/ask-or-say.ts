import { type CallToolResult, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { problemSchema } from '../routes/schemas.ts';
import type { AskMailbox, MailboxCall } from './types.ts';

const toldSchema = problemSchema.pick({ code: true, detail: true, hint: true });

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
  return { ok: false, says: sayProblem(status, body) };
}

/** A refusal, for a model. @param body Of the answer */
export function sayProblem(status: number, body: unknown): CallToolResult {
  const problem = toldSchema.safeParse(body);
  const text = problem.success
    ? [`${problem.data.code}: ${problem.data.detail}`, problem.data.hint].filter(Boolean).join(' ')
    : `The mailbox answered with status ${status}.`;
  return { content: [{ type: 'text', text }], isError: true };
}

/** Asks, where the protocol has no other way to say what is wrong. @throws ProtocolError */
export async function answerOrThrow<Schema extends z.ZodType>(
  ask: AskMailbox,
  call: MailboxCall,
  schema: Schema,
): Promise<z.output<Schema>> {
  const asked = await askOrSay(ask, call, schema);
  if (asked.ok) return asked.answer;
  const [said] = asked.says.content;
  throw new ProtocolError(ProtocolErrorCode.InternalError, said?.type === 'text' ? said.text : 'No answer.');
}
