import { defineConfig } from 'vitest/config';

const conditions = ['@xmtp-messaging/source', 'node', 'import', 'module', 'default'];

// A project of somebody who uses the devnet; outside this repository the path is '@xmtp-messaging/devnet/vitest'.
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: { globalSetup: ['../../src/vitest.ts'], include: ['*.project.ts'] },
});
