import { expect, test } from 'vitest';
import { askIdentityBudget } from '../src/index.ts';
import { createPerson, open, startNetwork } from './stage.ts';

test('what an inbox has used up is asked without opening its mailbox', async () => {
  const { url } = await startNetwork({ protocol: 'v3' });
  const person = createPerson();
  const network = { env: 'local', apiUrl: url } as const;
  const { inboxId } = await open(url, { person, network });
  const { client } = await open(url, { person, network });
  const used = async () => {
    const { installations, identityUpdates } = await askIdentityBudget({ url, inboxId });
    return [installations.used, identityUpdates.used];
  };
  expect(await used()).toEqual([2, 2]);
  await client.revokeAllOtherInstallations();
  expect(await used()).toEqual([1, 3]);
  await expect(askIdentityBudget({ url: 'http://127.0.0.1:1', inboxId })).rejects.toMatchObject({
    code: 'NETWORK_UNREACHABLE',
  });
});
