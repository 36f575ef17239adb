import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { hashMessage } from 'viem';
import { expect, onTestFinished, test } from 'vitest';
import { createContractWallets } from './create-contract-wallets.ts';

const address = '0x00000000000000000000000000000000000000aa';

/** A chain that knows one block and answers every call with `result`, or with an error; `null` for one that is broken. */
async function startChain(result: string | { code: number; message: string } | null): Promise<string> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { id, method } = JSON.parse(await text(request)) as { id: number; method: string };
    if (result === null) {
      response.writeHead(500).end();
      return;
    }
    if (method === 'eth_call' && typeof result === 'object') {
      response.end(JSON.stringify({ jsonrpc: '2.0', id, error: result }));
      return;
    }
    const answers: Record<string, unknown> = { eth_blockNumber: '0x2a', eth_call: result };
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: answers[method] }));
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

test.each([
  { code: 3, message: 'execution reverted' },
  { code: -32000, message: 'VM Exception while processing transaction: revert' },
])('a wallet that reverts has not signed: $code', async (answer) => {
  const wallets = createContractWallets({ 7: await startChain(answer) });
  expect(await wallets.verify(signature)).toMatchObject({ valid: false });
});

test('a node that refuses the call has not judged', async () => {
  const wallets = createContractWallets({ 7: await startChain({ code: -32005, message: 'rate limit exceeded' }) });
  await expect(wallets.verify(signature)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
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
