// Tells Claude how many messages are pending. A number is all that leaves this program: no word of a stranger, no address, no token.
import { json } from 'node:stream/consumers';

const { CLAUDE_PLUGIN_OPTION_URL: url, CLAUDE_PLUGIN_OPTION_AGENT: agent } = process.env;
const token = process.env.CLAUDE_PLUGIN_OPTION_TOKEN;

async function countPending() {
  const headers = { 'xmtp-agent': agent ?? '', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(`${url}/xmtp/status`, { headers, redirect: 'error', signal: AbortSignal.timeout(3000) });
  const pending = answer.ok ? (await answer.json()).inbox?.pending : undefined;
  return Number.isSafeInteger(pending) ? pending : null;
}

const { hook_event_name: hookEventName } = await json(process.stdin);
const pending = await countPending().catch(() => null);
const many = pending === 1 ? '1 message is' : `${pending} messages are`;
const says =
  pending === null
    ? // Once is enough.
      hookEventName === 'SessionStart' && 'The XMTP mailbox does not answer. Its skill says what to do.'
    : pending > 0 && `${many} pending in the XMTP mailbox. Read with read_messages what the task leaves room for.`;
if (says) {
  process.stdout.write(JSON.stringify({ hookSpecificOutput: { hookEventName, additionalContext: says } }));
}
