import { defineConfig } from 'vitest/config';

const conditions = ['@xmtp-messaging/source', 'node', 'import', 'module', 'default'];

/** The unit tests of one room, in one project: what a mutant is tried with. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: (process.env['MUTATION_TESTS'] ?? '').split(' '),
    exclude: ['**/node_modules/**', process.env['MUTATION_WITHOUT'] ?? ''].filter((each) => each !== ''),
    testTimeout: 30_000,
  },
});
