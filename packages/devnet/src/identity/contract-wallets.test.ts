import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { hashMessage } from 'viem';
import { expect, onTestFinished, test } from 'vitest';
import { createContractWallets } from './contract-wallets.ts';

const address = '0x00000000000000000000000000000000000000aa';

/** A chain that knows one block and answers every call with `result`; `null` for one that is broken. */
async function startChain(result: string | null): Promise<string> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { id, method } = JSON.parse(await text(request)) as { id: number; method: string };
    if (result === null) {
      response.writeHead(500).end();
      return;
    }
    const answers: Record<string, string> = { eth_blockNumber: '0x2a', eth_getCode: '0x', eth_call: result };
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method] ?? '0x1' }));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const signature = {
  accountId: `eip155:7:${address}`,
  hash: hashMessage('text'),
  signature: new Uint8Array(65).fill(1),
  blockNumber: null,
};

test.each([
  { answer: '0x01', valid: true },
  { answer: '0x00', valid: false },
])('the contract decides: $valid', async ({ answer, valid }) => {
  const wallets = createContractWallets({ 7: await startChain(answer) });
  expect(await wallets.verify(signature)).toEqual({ valid, address, chainId: 7, blockNumber: 42n });
});

test('an account of another form, and a chain without an RPC, are refused for good', async () => {
  const wallets = createContractWallets({});
  await expect(wallets.verify({ ...signature, accountId: address })).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
  });
  await expect(wallets.verify(signature)).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
    shortMessage: expect.stringContaining('without an RPC'),
  });
});

test('a chain that does not answer is refused for now', async () => {
  const wallets = createContractWallets({ 7: await startChain(null) });
  await expect(wallets.verify(signature)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
});
