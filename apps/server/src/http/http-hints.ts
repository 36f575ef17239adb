import type { AgentHints } from '@xmtp-messaging/agent';

/** What an agent's errors ask for, as it is done over HTTP. */
export const httpHints: AgentHints = {
  acceptPin: (list, name, leadsTo) => {
    const path = `/xmtp/${list}`;
    return `To accept ${leadsTo}: DELETE ${path}/${encodeURIComponent(name)}, then POST ${path} with ${JSON.stringify({ name })}. To write to one of the two in any case, give its address.`;
  },
  mendAllowlist: 'Mend the file; GET /xmtp/allowlist says what is wrong. Or send to the address.',
  lookAtStatus: 'GET /xmtp/status says more.',
  sendAgain:
    'It will be sent or is sent already. Ask again with the same Idempotency-Key to learn more; a new key would send it twice.',
  answerLater:
    'Nothing was sent. Repeat the request as it is when Retry-After has passed. XMTP_REPLY_LIMIT sets the limit.',
  wholeText: (messageId) => `GET /xmtp/messages/${messageId}/text?from=1`,
};
