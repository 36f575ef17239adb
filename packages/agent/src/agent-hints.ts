/** How to do what an error asks for, in the words of whoever stands before the agent. Whole sentences. */
export interface AgentHints {
  /** Accept that a listed name leads to another address. */
  acceptPin(list: 'allowlist' | 'denylist', name: string, leadsTo: string): string;
  /** Learn what is wrong with an allowlist that is in doubt. */
  mendAllowlist: string;
  /** Learn why the mailbox is not open. */
  lookAtStatus: string;
  /** Send again what may have been sent. */
  sendAgain: string;
  /** Wait for the loop guard. */
  answerLater: string;
  /** Read the whole of a message that was cut: printable ASCII, it stands in the header of the block. */
  wholeText: (messageId: string) => string;
}

/** In the words of this package. */
export const agentHints: AgentHints = {
  acceptPin: (list, name, leadsTo) => {
    const [add, remove] = list === 'allowlist' ? ['allow', 'disallow'] : ['deny', 'undeny'];
    const quoted = JSON.stringify(name);
    return `To accept ${leadsTo}: agent.${remove}(${quoted}), then agent.${add}(${quoted}). To write to one of the two in any case, give its address.`;
  },
  mendAllowlist: 'Mend the file; agent.allowlist.status() says what is wrong. Or send to the address.',
  lookAtStatus: 'Give it longer by openTimeoutMs; a logger is told of each attempt.',
  sendAgain:
    'It will be sent or is sent already. Ask again with the same idempotencyKey to learn more; a new key would send it twice.',
  answerLater: 'Nothing was sent. Send it again as it is, later; the option repliesPerWindow sets the limit.',
  wholeText: (messageId) => `agent.text('${messageId}', { from: 1 })`,
};
