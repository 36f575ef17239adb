import { endAll } from '@xmtp-messaging/errors';
import type { Agent, ListOptions } from './agent-types.ts';
import type { AgentOptions } from './agent-options.ts';
import { changeList } from './audit/change-list.ts';
import { readAttachment } from './attachments/read-attachment.ts';
import { createAgentConversations } from './conversations/create-agent-conversations.ts';
import { type MessageDelivery, startDelivery } from './delivery/start-delivery.ts';
import { acceptInvitation, refuseInvitation } from './groups/accept-invitation.ts';
import { createAgentGroups } from './groups/create-agent-groups.ts';
import { readMessage } from './inbound/read-message.ts';
import { noEntry } from './names/find-entry.ts';
import { putEntry } from './names/put-entry.ts';
import { sendMessage } from './outbound/send-message.ts';
import { createCallGate } from './runtime/create-call-gate.ts';
import { silent } from './silent.ts';
import type { RunningAgent } from './start-agent.ts';

type Asynchronous =
  | 'send'
  | 'allow'
  | 'disallow'
  | 'deny'
  | 'undeny'
  | 'acceptInvitation'
  | 'refuseInvitation'
  | 'resolve'
  | 'message'
  | 'text'
  | 'attachment'
  | 'backup';

/** What an open agent can do. @throws AgentError NOT_CONNECTED */
export function createAgent(running: RunningAgent, options: AgentOptions): Agent {
  const { mode = 'closed', logger = silent, metrics = silent, now, random = Math.random } = options;
  const { answersInMixedGroups } = options;
  const { resolver, loopGuard } = running;
  const { home, mailbox } = running.requireAgent();
  const gate = createCallGate();
  let delivery: MessageDelivery | null = null;
  let closed: Promise<void> | null = null;

  const put = (list: 'allowlist' | 'denylist', entry: string, { label, signal = never() }: ListOptions = {}) => {
    const request = label === undefined ? {} : { label };
    const { hints } = home;
    const options = { list, entry, request, entries: home[list], names: mailbox.names, resolver, hints, signal };
    return changeList({ home, list, by: 'program' }, () => putEntry(options));
  };
  const remove = async (list: 'allowlist' | 'denylist', entry: string) => {
    const removed = await changeList({ home, list, by: 'program' }, () => home[list].remove(entry));
    if (removed === null) throw noEntry(entry);
    return removed;
  };
  const close = async (timeoutMs: number) => {
    const end = performance.now() + timeoutMs;
    const left = () => Math.max(0, end - performance.now());
    await endAll(
      () => delivery?.stop({ timeoutMs: timeoutMs / 2 }),
      // A handler may ask for something until it has ended.
      () => gate.shut({ timeoutMs: left() / 2 }),
      () => running.close({ timeoutMs: left() }),
    );
  };

  const closeOnce = (timeoutMs = 10_000) => (closed ??= close(timeoutMs));
  const calls: Pick<Agent, Asynchronous> = {
    send: async (to, said, request) =>
      await sendMessage(
        { ...running.requireAgent(), resolver, mode, keySpace: 'send' },
        { ...request, ...(typeof said === 'string' ? { text: said } : said), to },
      ),
    allow: (entry, list) => put('allowlist', entry, list),
    disallow: (entry) => remove('allowlist', entry),
    deny: (entry, list) => put('denylist', entry, list),
    undeny: (entry) => remove('denylist', entry),
    acceptInvitation: async (conversationId, { label } = {}) =>
      home.groupView(await acceptInvitation({ ...running.requireAgent(), conversationId, label, by: 'program' })),
    refuseInvitation: (conversationId) =>
      refuseInvitation({ ...running.requireAgent(), conversationId, by: 'program' }),
    resolve: (nameOrAddress, { signal } = {}) => resolver.resolve(nameOrAddress, { signal }),
    message: (id) => readMessage({ home, mailbox }, id),
    text: async (id, request) => {
      const message = await mailbox.conversations.message(id);
      return message === null ? null : home.textPage(message, request);
    },
    attachment: (messageId, index = 0, { signal = never() } = {}) =>
      readAttachment({ home, mailbox, attachments: running.attachments }, { messageId, index, signal }),
    backup: (seal) => mailbox.backup(seal),
  };

  return {
    address: home.address,
    mailbox,
    allowlist: home.allowlist,
    denylist: home.denylist,
    grouplist: home.grouplist,
    onMessage: (handler, deliver) => {
      const settings = { answersInMixedGroups, now, random };
      delivery = startDelivery({
        ...running.requireAgent(),
        handler,
        loopGuard,
        logger,
        metrics,
        deliver,
        ...settings,
      });
      return delivery;
    },
    ...gate.through(calls),
    conversations: gate.through(createAgentConversations(() => running.requireAgent(), 'send')),
    groups: gate.through(createAgentGroups(() => running.requireAgent(), resolver)),
    view: home.view,
    prompt: () => home.boundary.systemPrompt(),
    status: () => ({
      ...mailbox.status(),
      address: home.address,
      home: home.path,
      mode,
      allowlist: home.allowlist.status(),
      denylist: home.denylist.status(),
      grouplist: home.grouplist.status(),
      drifts: home.drift.drifts(),
      delivery: delivery?.status() ?? null,
    }),
    close: ({ timeoutMs } = {}) => closeOnce(timeoutMs),
    [Symbol.asyncDispose]: () => closeOnce(),
  };
}

const never = () => new AbortController().signal;
