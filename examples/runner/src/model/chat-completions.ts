import type { WireFormat } from './types.ts';
import { wordsOf } from './words-of.ts';

/** OpenAI `POST /v1/chat/completions`. */
export const chatCompletions: WireFormat = {
  readTurn: ({ messages }) => {
    const said = messages as Record<string, unknown>[];
    const { role, content } = said.at(-1)!;
    const system = said
      .filter(({ role: by }) => by === 'system' || by === 'developer')
      .map(({ content: words }) => wordsOf(words));
    return { role: role === 'tool' ? 'tool' : 'user', words: wordsOf(content), system: system.join('\n') };
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
