import { expect, inject, test } from 'vitest';

test('the network is up and known', async () => {
  const { historyUrl, url } = inject('xmtpDevnet');
  const status = (await (await fetch(`${historyUrl}/status`)).json()) as { url: string };
  expect(status.url).toBe(url);
});
