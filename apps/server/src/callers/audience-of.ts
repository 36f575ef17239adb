/** What an agent's token may be good for. */
export type Scope = 'read' | 'send';

export const scopes: readonly Scope[] = ['read', 'send'];

/** Who may ask for a route: an agent with this scope, any caller, whoever reaches the port, or the operator alone. The operator may ask for all. */
export type Audience = Scope | 'any' | 'public' | 'operator';

/** Security of a route that an agent may use, as OpenAPI writes it. */
export const readers = [{ agent: ['read'] }, { operator: [] }];
export const senders = [{ agent: ['send'] }, { operator: [] }];
/** For every caller that may ask for anything at all. */
export const everyCaller = [{ agent: [] }, { operator: [] }];
/** For whoever reaches the port, without a token. */
export const anybody = [{}];
/** For those who decide on trust. */
export const operators = [{ operator: [] }];

/** What the definition of a route says. One that says nothing is the operator's: nobody gets a new route by an oversight. */
export function audienceOf(security: readonly Readonly<Record<string, readonly string[]>>[] | undefined): Audience {
  if (security?.length === 0) return 'any';
  if (security?.some((one) => Object.keys(one).length === 0) === true) return 'public';
  const agent = security?.find((one) => 'agent' in one)?.['agent'];
  if (agent === undefined) return 'operator';
  return scopes.find((scope) => agent.includes(scope)) ?? 'any';
}
