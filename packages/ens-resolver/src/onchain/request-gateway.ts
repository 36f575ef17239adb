import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { checkGatewayUrl, guardedLookup } from './gateway-guard.ts';

/** A CCIP-Read request as a contract asks for it (EIP-3668). */
export interface GatewayRequest {
  sender: `0x${string}`;
  data: `0x${string}`;
  urls: readonly string[];
}

/** Limits of a gateway request. */
export interface GatewayRequestOptions {
  /** `public` connects to https servers on the public internet only, `any` to whatever the contract names. */
  gateways: 'public' | 'any';
  timeoutMs: number;
  maxBytes: number;
  signal: AbortSignal;
}

/**
 * Asks the gateways one after the other until one gives data. Redirects are not followed.
 * @throws Error of the last gateway; GatewayRefusedError when one was not asked.
 */
export async function requestGateway(request: GatewayRequest, options: GatewayRequestOptions): Promise<`0x${string}`> {
  let failure: unknown = new Error('the contract names no gateway');
  for (const url of request.urls) {
    options.signal.throwIfAborted();
    try {
      return await ask(url, request, options);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function ask(template: string, request: GatewayRequest, options: GatewayRequestOptions): Promise<`0x${string}`> {
  const filled = template.replace('{sender}', request.sender.toLowerCase()).replace('{data}', request.data);
  const url = options.gateways === 'public' ? checkGatewayUrl(filled) : new URL(filled);
  const body = template.includes('{data}') ? null : JSON.stringify({ data: request.data, sender: request.sender });
  const answer = await exchange(url, body, options);
  const data: unknown = answer.startsWith('0x') ? answer : (JSON.parse(answer) as { data?: unknown } | null)?.data;
  if (typeof data !== 'string' || !/^0x(?:[0-9a-fA-F]{2})*$/.test(data)) throw new Error('gateway gave no data');
  return data as `0x${string}`;
}

function exchange(url: URL, body: string | null, options: GatewayRequestOptions): Promise<string> {
  const { gateways, timeoutMs, maxBytes } = options;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(timeoutMs)]);
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'http:' ? requestHttp : requestHttps)(
      url,
      {
        method: body === null ? 'GET' : 'POST',
        headers: body === null ? {} : { 'content-type': 'application/json' },
        signal,
        // A pooled connection could have been opened without the guard.
        agent: false,
        ...(gateways === 'public' ? { lookup: guardedLookup() } : {}),
      },
      (response) => {
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > maxBytes) response.destroy(new Error('gateway answer is too large'));
        });
        const { statusCode = 0 } = response;
        if (statusCode < 200 || statusCode > 299) response.destroy(new Error(`gateway answered ${statusCode}`));
        text(response).then(resolve, reject);
      },
    );
    request.on('error', reject);
    request.end(body ?? undefined);
  });
}
