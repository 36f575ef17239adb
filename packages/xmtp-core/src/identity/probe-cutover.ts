import { askNetworkFacts } from './ask-network-facts.ts';

/**
 * When the V3 network retires or retired, in milliseconds since the epoch; `null` when no date is set or nobody answers.
 * The SDK's own errors never say so.
 */
export async function probeCutover(url: string): Promise<number | null> {
  return await askNetworkFacts({ url }).then(
    ({ cutoverAt }) => cutoverAt,
    () => null,
  );
}
