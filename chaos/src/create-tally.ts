/** What a run came to, counted from outside: the callers' answers and what the agents' endpoints received. */
export interface TallyResult {
  /** Sends that HTTP answered with 200. */
  accepted: number;
  /** Accepted ones that an agent received. */
  delivered: number;
  /** Accepted ones that no agent received. */
  lost: number;
  /** Sends that reached an agent under more than one message id. */
  duplicateSends: number;
  /** Repeated deliveries of one message under the same id. */
  redeliveries: number;
  /** Messages that an agent first saw after a message of the same lane that was sent after them. */
  wrongOrder: number;
}

/** Names one send: `lane` is a sender-recipient pair; sends of one `step` are concurrent, steps follow each other. */
export interface Token {
  lane: string;
  step: number;
  index: number;
}

const pattern = /chaos:([a-z]+>[a-z]+):(\d+):(\d+);/;

/** The text that carries a token. */
export const tokenText = ({ lane, step, index }: Token): string => `chaos:${lane}:${step}:${index};`;

/** The token inside whatever the boundary made of the text; `null` when there is none. */
export function readToken(text: string): Token | null {
  const match = pattern.exec(text);
  return match === null ? null : { lane: match[1]!, step: Number(match[2]), index: Number(match[3]) };
}

/** Collects both sides of a run. */
export interface Tally {
  accept(token: Token): void;
  /** A delivery reached an agent, whatever the agent then answered. */
  see(token: Token, messageId: string): void;
  /** Accepted tokens that no agent has seen yet. */
  missing(): Token[];
  result(): TallyResult;
}

export function createTally(): Tally {
  const accepted = new Map<string, Token>();
  const seen = new Map<string, Map<string, number>>();
  const lastStep = new Map<string, number>();
  let wrongOrder = 0;

  const missing = () => [...accepted].filter(([key]) => !seen.has(key)).map(([, token]) => token);

  return {
    accept: (token) => void accepted.set(tokenText(token), token),
    see(token, messageId) {
      const key = tokenText(token);
      const ids = seen.get(key);
      if (ids !== undefined) {
        ids.set(messageId, (ids.get(messageId) ?? 0) + 1);
        return;
      }
      seen.set(key, new Map([[messageId, 1]]));
      const last = lastStep.get(token.lane) ?? -1;
      if (token.step < last) wrongOrder += 1;
      lastStep.set(token.lane, Math.max(last, token.step));
    },
    missing,
    result() {
      const counts = [...seen.values()];
      const lost = missing().length;
      return {
        accepted: accepted.size,
        delivered: accepted.size - lost,
        lost,
        duplicateSends: counts.filter((ids) => ids.size > 1).length,
        redeliveries: counts.flatMap((ids) => [...ids.values()]).reduce((sum, times) => sum + times - 1, 0),
        wrongOrder,
      };
    },
  };
}
