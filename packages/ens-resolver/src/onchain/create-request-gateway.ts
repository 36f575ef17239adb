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

/** One request to one gateway. `body` is `null` for GET. @throws Error; GatewayRefusedError when it is not made */
export type ExchangeWithGateway = (url: string, body: string | null, options: GatewayRequestOptions) => Promise<string>;

/** Asks the gateways of a request until one gives data. */
export type RequestGateway = (request: GatewayRequest, options: GatewayRequestOptions) => Promise<`0x${string}`>;

/**
 * Asks the gateways one after the other until one gives data. Redirects are not followed.
 * @throws Error of the last gateway; GatewayRefusedError when one was not asked.
 */
export function createRequestGateway(exchange: ExchangeWithGateway): RequestGateway {
  return async (request, options) => {
    let failure: unknown = new Error('the contract names no gateway');
    for (const url of request.urls) {
      options.signal.throwIfAborted();
      try {
        return dataOf(await exchange(...fillTemplate(url, request), options));
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  };
}

/** URL and body of one request (EIP-3668): GET when the template takes the data. */
function fillTemplate(template: string, { sender, data }: GatewayRequest): [url: string, body: string | null] {
  const url = template.replace('{sender}', sender.toLowerCase()).replace('{data}', data);
  return [url, template.includes('{data}') ? null : JSON.stringify({ data, sender })];
}

function dataOf(answer: string): `0x${string}` {
  const data: unknown = answer.startsWith('0x') ? answer : (JSON.parse(answer) as { data?: unknown } | null)?.data;
  if (typeof data !== 'string' || !/^0x(?:[0-9a-fA-F]{2})*$/.test(data)) throw new Error('gateway gave no data');
  return data as `0x${string}`;
}
