import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const conditions = ['@xmtp-messaging/source', 'node', 'import', 'module', 'default'];
const rooms = '{packages,apps,examples,integrations}/*';

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    // One module graph for the files of a worker: to load it for each took a quarter of the time. So a test leaves no module
    // state, environment variable or global behind; what needs a process of its own starts one.
    isolate: false,
    // Half of the time of these tests is waiting, for processes and for the SDK's retries: four at once even on two cores.
    maxWorkers: Math.max(4, availableParallelism() - 1),
    // The XMTP binding must load in each worker, whatever the host's glibc.
    setupFiles: ['./packages/glibc-compat/src/register.ts'],
    // How long an expectation that is polled may take to come true, as `waitFor` waits; a second is too short for a busy machine.
    expect: { poll: { timeout: 10_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            `${rooms}/src/**/*.test.ts`,
            'scripts/**/*.test.mjs',
            '{benchmarks,chaos,conformance}/src/**/*.test.ts',
          ],
          // Ends what hangs, and nothing that is only slow: some start processes, and all share the processors.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: [`${rooms}/test/**/*.e2e.test.ts`, '{benchmarks,chaos,conformance}/test/**/*.e2e.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
