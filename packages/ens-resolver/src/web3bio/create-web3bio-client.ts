import { answerFault, type Fault, networkFault, rateLimited } from './web3bio-errors.ts';
import { type CappedResponse, fetchCapped } from './fetch-capped.ts';
import { processTime, type TimeSource } from '../process-time.ts';
import { createRequestBudget } from './create-request-budget.ts';
import type { Web3BioConfig } from './web3bio-options.ts';

/** Gets one path of web3.bio, within the budget, with retries. */
export interface Web3BioClient {
  /**
   * @param segments Path below the base URL, each segment escaped here.
   * @param input What the errors name.
   * @returns The body of a 200 answer.
   * @throws ResolveError NOT_FOUND, UNAUTHORIZED, RATE_LIMITED, UPSTREAM_ERROR, TIMEOUT, ABORTED, REDIRECT_REFUSED, RESPONSE_TOO_LARGE
   */
  get(segments: readonly string[], input: string, signal: AbortSignal): Promise<string>;
}

/** Where the client's time and chance come from. */
export interface Web3BioClientDependencies {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** In [0, 1), for jitter. */
  random: () => number;
  /** @default that of the process */
  time?: TimeSource | undefined;
}

/** The base of the delay before a retry, doubled each time. */
const backoffMs = 250;

export function createWeb3BioClient(config: Web3BioConfig, dependencies: Web3BioClientDependencies): Web3BioClient {
  const { now, random, time = processTime } = dependencies;
  const budget = createRequestBudget({ ...config.budget, now: time.elapsed });

  async function takeTurn(input: string, signal: AbortSignal, deadline: number): Promise<void> {
    for (;;) {
      const turn = budget.reserve(Math.max(0, deadline - time.elapsed()));
      if (!turn.ok) throw rateLimited(input, turn.retryAfterMs);
      try {
        if (turn.waitMs > 0) await time.wait(turn.waitMs, signal);
      } catch (cause) {
        turn.release();
        throw cause;
      }
      // A 429 to somebody else while we waited moves our turn.
      if (budget.pausedFor() === 0) return;
      turn.release();
    }
  }

  async function attempt(url: URL, input: string, signal: AbortSignal): Promise<string | Fault> {
    const timeout = AbortSignal.timeout(config.timeoutMs);
    let response: CappedResponse;
    try {
      response = await fetchCapped({ ...config, url, signal: AbortSignal.any([signal, timeout]) });
    } catch (cause) {
      return networkFault(input, {
        aborted: signal.aborted,
        timedOut: timeout.aborted,
        timeoutMs: config.timeoutMs,
        cause,
      });
    }
    return answerFault(input, response, { now: now(), hasKey: 'x-api-key' in config.headers }) ?? response.body!;
  }

  return {
    async get(segments, input, signal) {
      const url = new URL(config.baseUrl);
      url.pathname = [url.pathname.replace(/\/$/, ''), ...segments.map(encodeURIComponent)].join('/');
      const deadline = time.elapsed() + config.patienceMs;
      for (let tries = 0; ; tries++) {
        await takeTurn(input, signal, deadline);
        const result = await attempt(url, input, signal);
        if (typeof result === 'string') return result;
        const { error, retryInMs } = result;
        if (error.code === 'RATE_LIMITED') budget.pause(retryInMs ?? config.budget.intervalMs);
        if (!error.retryable || tries >= config.retries) throw error;
        const waitMs = (retryInMs ?? backoffMs * 2 ** tries) + random() * backoffMs;
        if (time.elapsed() + waitMs > deadline) throw error;
        await time.wait(waitMs, signal);
      }
    },
  };
}
