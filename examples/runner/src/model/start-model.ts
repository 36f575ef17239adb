import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { obey, type Turn } from './obey.ts';
import { chatCompletions } from './chat-completions.ts';
import { messages } from './messages.ts';
import { responses } from './responses.ts';
import type { WireFormat } from './types.ts';

/** A stand-in for the providers of models. */
export interface Model {
  /** What frameworks take as the base URL of OpenAI. */
  openAiUrl: string;
  /** And of Anthropic. */
  anthropicUrl: string;
  /** What it read, in order. */
  turns: readonly Turn[];
  close(): Promise<void>;
}

const formats: Readonly<Record<string, WireFormat>> = {
  '/v1/chat/completions': chatCompletions,
  '/v1/responses': responses,
  '/v1/messages': messages,
};

/** Speaks the wire formats of providers on loopback, and does what it is told. */
export async function startModel(): Promise<Model> {
  const turns: Turn[] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const part of request) text += String(part);
    const format = formats[new URL(request.url ?? '/', 'http://localhost').pathname];
    if (format === undefined) {
      response.writeHead(404).end();
      return;
    }
    const body = JSON.parse(text) as Record<string, unknown>;
    const turn = format.readTurn(body);
    const answer = format.writeAnswer(obey(turn), String(turns.push(turn)), body);
    const isStream = typeof answer === 'string';
    response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' });
    response.end(isStream ? answer : JSON.stringify(answer));
  };
  const server = createServer((request, response) => {
    void respond(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    openAiUrl: `http://127.0.0.1:${port}/v1`,
    anthropicUrl: `http://127.0.0.1:${port}`,
    turns,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
