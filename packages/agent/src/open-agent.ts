import { timerMs } from '@xmtp-messaging/errors';
import type { Agent } from './agent-types.ts';
import { createAgent } from './create-agent.ts';
import type { AgentOptions } from './agent-options.ts';
import { checkAgentOptions, openAgentOptionsSchema } from './agent-options-schema.ts';
import { startAgent } from './start-agent.ts';

/** How to open an agent, and how long to try. */
export interface OpenAgentOptions extends AgentOptions {
  /** How long to go on trying while the network is away, milliseconds. @default 60_000 */
  openTimeoutMs?: number | undefined;
  /** Gives up opening. @default none */
  signal?: AbortSignal | undefined;
}

/**
 * Opens an agent: its wallet, its home folder, its lists, its mailbox. What may pass by itself, such as a network that is
 * away, is tried again for a while; what somebody must mend is thrown at once.
 * @throws MailboxError, OwsSignerError, FileError: why it cannot be opened
 * @throws AgentError NOT_CONNECTED: it could not be opened in time; INVALID_OPTION, UPLOAD_NOT_CONFIGURED, HOME_INVALID
 * @throws the reason of `signal`
 */
export async function openAgent(options: OpenAgentOptions): Promise<Agent> {
  checkAgentOptions(openAgentOptionsSchema, options);
  const { openTimeoutMs = 60_000, signal, ...agent } = options;
  signal?.throwIfAborted();
  const running = startAgent({ ...agent, waitsForMending: false });
  const givenUp = new AbortController();
  const limit = setTimeout(() => givenUp.abort(), timerMs(openTimeoutMs));
  const abort = () => givenUp.abort();
  signal?.addEventListener('abort', abort, { once: true });
  const tooLate = new Promise<'late'>((resolve) => {
    givenUp.signal.addEventListener('abort', () => resolve('late'), { once: true });
  });
  try {
    if ((await Promise.race([running.ready(), tooLate])) === 'late') {
      signal?.throwIfAborted();
      // Throws: it is not open, and knows why.
      running.requireAgent();
    }
    return createAgent(running, agent);
  } catch (error) {
    await running.close({ timeoutMs: 0 });
    throw error;
  } finally {
    clearTimeout(limit);
    signal?.removeEventListener('abort', abort);
  }
}
