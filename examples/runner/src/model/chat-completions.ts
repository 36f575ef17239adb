import type { WireFormat } from './types.ts';
import { wordsOf } from './words-of.ts';

/** OpenAI `POST /v1/chat/completions`. */
export const chatCompletions: WireFormat = {
  readTurn: ({ messages }) => {
    const { role, content } = (messages as Record<string, unknown>[]).at(-1)!;
    return { role: role === 'tool' ? 'tool' : 'user', words: wordsOf(content) };
  },
  writeAnswer: (step, id, { model }) => {
    const called = 'call' in step ? { ...step.call, arguments: JSON.stringify(step.call.arguments) } : null;
    const message =
      called === null
        ? { role: 'assistant', content: 'say' in step ? step.say : '' }
        : { role: 'assistant', content: null, tool_calls: [{ id: `call_${id}`, type: 'function', function: called }] };
    return {
      id: `chatcmpl-${id}`,
      object: 'chat.completion',
      created: 1,
      model,
      choices: [{ index: 0, message, finish_reason: called === null ? 'stop' : 'tool_calls' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    };
  },
};
