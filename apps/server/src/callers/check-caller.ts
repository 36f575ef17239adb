import type { Problem } from '../http/problem.ts';
import type { Audience } from './audience-of.ts';
import { type Caller, type Callers, mayAsk } from './create-callers.ts';

/** Why this caller gets no answer from a route, or `null`. @param caller `null` when its token is not valid */
export function checkCaller(caller: Caller | null, audience: Audience, callers: Callers): Problem | null {
  if (audience === 'public' || (caller !== null && mayAsk(caller, audience))) return null;
  if (audience === 'operator' && !callers.knowsOperator()) return tokenPending;
  if (caller?.kind === 'agent') return audience === 'operator' ? operatorOnly : scopeMissing(audience);
  return audience === 'operator' ? operatorWanted : tokenWanted;
}

const challenge = { 'www-authenticate': 'Bearer realm="xmtp-messaging"' };

const tokenWanted: Problem = {
  status: 401,
  code: 'UNAUTHORIZED',
  detail: 'This server wants a bearer token.',
  hint: 'Send the header Authorization: Bearer <token>.',
  headers: challenge,
};

export const operatorWanted: Problem = {
  ...tokenWanted,
  detail: "This route is the operator's, and wants the operator's token.",
  hint: 'Send the header Authorization: Bearer <token>, with the token of the file operator.token in the home folder or the one that was set.',
};

const operatorOnly: Problem = {
  status: 403,
  code: 'OPERATOR_ONLY',
  detail: "This route is the operator's, and the token is an agent's.",
  hint: 'Who is heard is decided by the operator. Ask them.',
};

const tokenPending: Problem = {
  status: 503,
  code: 'OPERATOR_TOKEN_PENDING',
  detail: "This route is the operator's, and the operator's token is not known before the wallet is open.",
  hint: 'Wait, and see GET /xmtp/status; or set XMTP_OPERATOR_TOKEN_FILE, which is known at once.',
  retryAfter: 2,
};

function scopeMissing(scope: Audience): Problem {
  return {
    status: 403,
    code: 'SCOPE_MISSING',
    detail: `This token is not good for this route, which wants one for ${scope}.`,
    hint: 'Ask the operator for another token.',
  };
}
