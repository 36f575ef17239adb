import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { checkCapacity } from './check-capacity.ts';
import { readProcessLimits } from './read-process-limits.ts';
import { startSharedServer } from './start-shared-server.ts';

test.each([
  [500, { files: 20_000, maps: 65_530 }, 0],
  [700, { files: 20_000, maps: 65_530 }, 0],
  [1000, { files: 20_000, maps: 65_530 }, 2],
  [1000, { files: 524_288, maps: 65_530 }, 1],
  [1000, { files: 524_288, maps: 1_048_576 }, 0],
  [1000, { files: null, maps: null }, 0],
  [30, { files: 1024, maps: null }, 1],
])('%i agents where a process may have %o', (agents, limits, problems) => {
  const found = checkCapacity(agents, limits);
  expect(found).toHaveLength(problems);
  for (const line of found) expect(line).toMatch(/enough for \d+\. Raise that/u);
});

test('what the system says is a number, or nothing', () => {
  for (const limit of Object.values(readProcessLimits())) expect(limit === null || limit > 0).toBe(true);
});

test('more agents than a process can hold are refused before anything is opened', async () => {
  const homeRoot = await temporaryDirectory();
  const starting = startSharedServer(
    { agents: [], homeRoot, http: { port: 0 } },
    { processLimits: { files: 10, maps: null } },
  );
  await expect(starting).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    metaMessages: [expect.stringContaining('open files')],
  });
});
