import type { WireFormat } from './types.ts';
import { wordsOf } from './words-of.ts';

/** OpenAI `POST /v1/responses`. */
export const responses: WireFormat = {
  readTurn: ({ instructions, input }) => {
    const { type, output, content } = (input as Record<string, unknown>[]).at(-1)!;
    const system = wordsOf(instructions);
    return type === 'function_call_output'
      ? { role: 'tool', words: wordsOf(output), system }
      : { role: 'user', words: wordsOf(content), system };
  },
  writeAnswer: (step, id, { model }) => ({
    id: `resp_${id}`,
    object: 'response',
    created_at: 1,
    model,
    status: 'completed',
    output: [
      'call' in step
        ? {
            type: 'function_call',
            id: `fc_${id}`,
            call_id: `call_${id}`,
            name: step.call.name,
            arguments: JSON.stringify(step.call.arguments),
            status: 'completed',
          }
        : {
            type: 'message',
            id: `msg_${id}`,
            role: 'assistant',
            status: 'completed',
            content: [{ type: 'output_text', text: step.say, annotations: [] }],
          },
    ],
    usage: {
      input_tokens: 1,
      output_tokens: 1,
      total_tokens: 2,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    },
  }),
};
