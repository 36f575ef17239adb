import { unwrap } from '@xmtp-messaging/client';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Api } from '../api/types.ts';
import { useApi } from '../api/use-api.ts';

/** What an address is called: by what it claims, where that leads back to it. */
export type Claim =
  | { state: 'looking' }
  | { state: 'failed' }
  | { state: 'nameless' }
  | { state: 'named'; name: string; source: string; verified: boolean };

/** Of this tab: whoever scrolls up and down asks once. */
const known = new Map<string, Promise<Claim>>();
const maxKnown = 2000;
/** Look-ups side by side: they may go to services that others pay for. */
const maxLooking = 3;
let looking = 0;
const waiting: (() => void)[] = [];

/** Looks for the name of an address; `null` looks for none. */
export function useClaim(address: string | null): Claim {
  const api = useApi();
  const [claim, setClaim] = useState<Claim>({ state: address === null ? 'nameless' : 'looking' });
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    if (address !== null) void lookUp(api, address).then((found) => isHere.current && setClaim(found));
    return () => {
      isHere.current = false;
    };
  }, [address]);
  return claim;
}

function lookUp(api: Api, address: string): Promise<Claim> {
  const key = `${api.base} ${address}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= maxKnown) known.delete(known.keys().next().value ?? '');
  const found = ask(api, address);
  known.set(key, found);
  return found;
}

async function ask({ client }: Api, address: string): Promise<Claim> {
  if (looking >= maxLooking) await new Promise<void>((resolve) => waiting.push(resolve));
  looking += 1;
  try {
    const { name, source, verified } = await unwrap(client.GET('/xmtp/reverse', { params: { query: { address } } }));
    return name === null ? { state: 'nameless' } : { state: 'named', name, source: source ?? '', verified };
  } catch {
    return { state: 'failed' };
  } finally {
    looking -= 1;
    waiting.shift()?.();
  }
}
