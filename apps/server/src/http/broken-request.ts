import { randomUUID } from 'node:crypto';
import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Problem, problemBody } from './problem.ts';

/** What no route will ever see: it is not HTTP. */
export const brokenRequest: Problem = {
  status: 400,
  code: 'BAD_REQUEST',
  detail: 'This is not a request that HTTP knows.',
  hint: 'Look at the request line and at the headers.',
};

const byCode: Readonly<Record<string, Problem>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'HEADERS_TOO_LARGE',
    detail: 'The request line and the headers are over 16384 bytes.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: 'BODY_TOO_LARGE',
    detail: 'The extensions of the chunks are too long.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'REQUEST_TIMEOUT',
    detail: 'The request did not arrive in time.',
    hint: 'Send it without pauses.',
  },
};

/** Has Node answer with problem documents where it would answer with a bare status, or hang up. */
export function answerBrokenRequests(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const underWay = (socket as { _httpMessage?: { headersSent: boolean } })._httpMessage;
    if (error.code === 'ECONNRESET' || !socket.writable || underWay?.headersSent === true) socket.destroy(error);
    else socket.end(rawProblem(byCode[error.code ?? ''] ?? brokenRequest));
  });
  server.on('connect', (_, socket: Duplex) => {
    socket.end(rawProblem({ status: 405, code: 'METHOD_NOT_ALLOWED', detail: 'This server is not a proxy.' }));
  });
  server.on('checkExpectation', (_, outgoing) => {
    sendProblem(outgoing, { status: 417, code: 'EXPECTATION_FAILED', detail: 'Only 100-continue is expected here.' });
  });
}

/** Answers before any route is asked. */
export function sendProblem(outgoing: ServerResponse, problem: Problem): void {
  const requestId = randomUUID();
  outgoing.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': requestId,
    ...problem.headers,
  });
  outgoing.end(JSON.stringify(problemBody(problem, requestId)));
}

function rawProblem(problem: Problem): string {
  const requestId = randomUUID();
  const body = JSON.stringify(problemBody(problem, requestId));
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? 'Error'}`,
    'content-type: application/problem+json',
    'cache-control: no-store',
    `x-request-id: ${requestId}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
