import { timingSafeEqual } from 'node:crypto';
import type { Audience, Scope } from './audience-of.ts';
import type { PageSessions } from './create-page-sessions.ts';
import { type Token, tokenDigest } from './parse-tokens.ts';
import type { TokenSource } from './create-token-source.ts';

/** Who asks. `key` tells callers apart, and nothing about their tokens. */
export type Caller =
  | { kind: 'operator'; key: string }
  | { kind: 'agent'; scopes: ReadonlySet<Scope>; key: string }
  /** Shows no token, where none is wanted of agents. */
  | { kind: 'local' };

/** Whose tokens are known. */
export interface CallersOptions {
  operator: TokenSource;
  /** `null` when agents need none. */
  agent: TokenSource | null;
  /** Tokens of the page, which are the operator's. */
  sessions: Pick<PageSessions, 'isOpen'>;
}

/** Tells callers by the token that they show. */
export interface Callers {
  /** `null`: shows a token that is not valid, or none although one is wanted. */
  find(authorization: string | undefined): Caller | null;
  /** Whether the operator's token is known yet. */
  knowsOperator(): boolean;
  /** Whether agents must show a token. */
  wantsTokens: boolean;
}

export function createCallers({ operator, agent, sessions }: CallersOptions): Callers {
  return {
    find(authorization) {
      const given = /^Bearer +(\S{1,512})$/iu.exec(authorization ?? '')?.[1];
      if (given !== undefined) {
        const digest = tokenDigest(given);
        const ofOperator = match(operator(), digest);
        if (ofOperator !== null || sessions.isOpen(given)) return { kind: 'operator', key: 'operator' };
        const ofAgent = match(agent?.() ?? null, digest);
        if (ofAgent !== null)
          return { kind: 'agent', scopes: ofAgent.scopes, key: `agent ${digest.toString('hex', 0, 8)}` };
      }
      return agent === null ? { kind: 'local' } : null;
    },
    knowsOperator: () => operator() !== null,
    wantsTokens: agent !== null,
  };
}

/** Whether this caller may ask for a route. */
export function mayAsk(caller: Caller, audience: Audience): boolean {
  if (caller.kind === 'operator') return true;
  if (audience === 'operator') return false;
  return caller.kind === 'local' || audience === 'any' || audience === 'public' || caller.scopes.has(audience);
}

/** Looks at all of them in constant time each. */
function match(tokens: readonly Token[] | null, digest: Buffer): Token | null {
  let found: Token | null = null;
  for (const token of tokens ?? []) if (timingSafeEqual(token.digest, digest)) found ??= token;
  return found;
}
