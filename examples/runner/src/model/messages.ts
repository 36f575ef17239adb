import type { WireFormat } from './types.ts';
import { wordsOf } from './words-of.ts';

/** Anthropic `POST /v1/messages`, with `stream` and without. */
export const messages: WireFormat = {
  readTurn: ({ system: instructions, messages: said }) => {
    const { content } = (said as Record<string, unknown>[]).at(-1)!;
    const parts = Array.isArray(content) ? (content as Record<string, unknown>[]) : [];
    const results = parts.filter(({ type }) => type === 'tool_result');
    const system = wordsOf(instructions);
    return results.length > 0
      ? { role: 'tool', words: wordsOf(results), system }
      : { role: 'user', words: wordsOf(content), system };
  },
  writeAnswer: (step, id, { model, tools, stream }) => {
    // A framework may put the name of a tool's server before its own.
    const known = (tools as { name: string }[] | undefined)?.map(({ name }) => name) ?? [];
    const name = 'call' in step ? known.find((each) => each.endsWith(step.call.name)) : undefined;
    const calls = 'call' in step && name !== undefined;
    const text = 'say' in step ? step.say : 'I have no such tool.';
    const stopReason = calls ? 'tool_use' : 'end_turn';
    const block = calls ? { type: 'tool_use', id: `toolu_${id}`, name, input: {} } : { type: 'text', text: '' };
    const delta = calls
      ? { type: 'input_json_delta', partial_json: JSON.stringify(step.call.arguments) }
      : { type: 'text_delta', text };
    const usage = { input_tokens: 1, output_tokens: 1 };
    const message = { id: `msg_${id}`, type: 'message', role: 'assistant', model, content: [], usage };
    if (stream !== true) {
      const whole = calls ? { ...block, input: step.call.arguments } : { ...block, text };
      return { ...message, content: [whole], stop_reason: stopReason, stop_sequence: null };
    }
    const events = [
      { type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null } },
      { type: 'content_block_start', index: 0, content_block: block },
      { type: 'content_block_delta', index: 0, delta },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: stopReason, stop_sequence: null },
        usage: { output_tokens: 1 },
      },
      { type: 'message_stop' },
    ];
    return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  },
};
