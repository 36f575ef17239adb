import { defineConfig } from 'vitest/config';

const conditions = ['@xmtp-messaging/source', 'node', 'import', 'module', 'default'];

// A project of somebody who uses the devnet; outside this repository the path is '@xmtp-messaging/devnet/vitest', and
// nothing need be said of conditions: they let the set-up, which vitest runs in an environment of its own, find sources.
export default defineConfig({
  environments: { __vitest__: { resolve: { conditions, externalConditions: conditions } } },
  test: { maxWorkers: 2, globalSetup: ['../../src/vitest.ts', '../../src/vitest-pool.ts'], include: ['*.project.ts'] },
});
