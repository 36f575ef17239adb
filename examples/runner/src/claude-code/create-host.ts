import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { SDKControlRequest, SDKMessage, SDKUserMessage } from '@anthropic-ai/claude-agent-sdk';

type Question = SDKControlRequest['request'];
/** What the host of the session said when it began. */
export type Beginning = Extract<Question, { subtype: 'initialize' }>;

/** The program at the other end of stdin and stdout, which runs the SDK. One frame of JSON a line. */
export interface Host {
  /** What it wants to know, until it closes our stdin. It has begun before. */
  prompts: AsyncIterable<SDKUserMessage>;
  beginning(): Beginning;
  /** @throws if it answers with an error */
  ask(question: Question): Promise<Record<string, unknown>>;
  tell(message: SDKMessage): void;
}

interface Answer {
  subtype: 'success' | 'error';
  request_id: string;
  response?: Record<string, unknown>;
  error?: string;
}
type Frame = SDKControlRequest | SDKUserMessage | { type: 'control_response'; response: Answer };

export function createHost(input: Readable, output: Writable): Host {
  const questions = new Map<string, (answer: Answer) => void>();
  let begun: Beginning | undefined;
  let asked = 0;
  const write = (frame: object) => void output.write(`${JSON.stringify(frame)}\n`);

  const lines = createInterface({ input });
  const prompts = new ReadableStream<SDKUserMessage>({
    start: (controller) => {
      const take = (frame: Frame) => {
        if (frame.type === 'control_response') questions.get(frame.response.request_id)?.(frame.response);
        else if (frame.type === 'user') controller.enqueue(frame);
        else if (frame.request.subtype === 'initialize') {
          begun = frame.request;
          const response = { subtype: 'success', request_id: frame.request_id, response: { commands: [], models: [] } };
          write({ type: 'control_response', response });
        }
      };
      lines.on('line', (line) => take(JSON.parse(line) as Frame));
      lines.once('close', () => controller.close());
    },
  });

  return {
    prompts,
    beginning: () => begun ?? fail('A prompt came before the session began.'),
    ask: async (request) => {
      const id = `question-${(asked += 1)}`;
      const answered = Promise.withResolvers<Answer>();
      questions.set(id, answered.resolve);
      write({ type: 'control_request', request_id: id, request });
      const { subtype, response = {}, error } = await answered.promise;
      return subtype === 'success' ? response : fail(error ?? 'no reason');
    },
    tell: write,
  };
}

function fail(reason: string): never {
  throw new Error(reason);
}
