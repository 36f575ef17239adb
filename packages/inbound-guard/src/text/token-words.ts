/**
 * The words that names of chat-template tokens and of harness tags are made of. Tokens are told by their shape; the
 * words keep what people write in brackets apart from it: `<unordered_map>`, `<your_name>`, `arr[MAX_SIZE]`, `<T>`.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** `control`: nobody writes it but to steer a model. `tag`: also the name of a field or a type now and then. */
export type TokenLevel = 'control' | 'tag';

/** Alone in angle brackets. */
const controlAlone = words('bos eos eot eom eod unk pad sop eop gmask smask think thinking reasoning');
const tagAlone = words(
  'sys tools cls sep mask thought reflection scratchpad system user assistant human developer tool function invoke parameter instructions instruction',
);
/** In upper case alone: in lower case they are HTML, or words of any usage line. */
const upperAlone = words('PRE SUF MID FIM');

/** Whole names. */
const controlNames = words(
  'tool_call tool_calls tool_response tool_responses function_calls available_tools tool_results tool_content system_prompt',
);

/** One of these in a name of several words is enough. */
const controlParts = words('bos eos eot eom eod unk pad cls sop eop fim reserved unused endoftext im');
const tagParts = words(
  'special sentinel turn think thinking thought reasoning tool tools function functions system assistant command prompt instruction instructions reminder invoke antml seed untrusted mask sep',
);
/** Two of these are. */
const weakParts = words(
  'start end begin user human developer model result results call calls message messages header role context stdout stderr output response image img audio video token tokens prefix suffix middle hole query info environment details notification hook task session call break settings available',
);

/** Alone in square brackets, in upper case. */
const squareUpper = words(
  'INST SYS SYSTEM USER ASSISTANT THINK ARGS TOOL TOOLS IMG AUDIO CLS SEP MASK PAD UNK BOS EOS EOT EOM PREFIX SUFFIX MIDDLE REASONING PROMPT INSTRUCTION INSTRUCTIONS BOT CALL_ID',
);
const squareAny = words('inst sys gmask smask sop eop');

const numberedPattern = /^(?:unused|reserved|special|extra_?id|dummy|sentinel)_?\d+$/;
const ofPattern = /^(?:start|begin|end)_?of_?[a-z]/;
const partedPattern = /[_\-:\u2581]+/;

/** What a name in angle brackets is, `<name>` or `<name …>`; `null` for what people write. */
export function angleName(name: string, lower: string): TokenLevel | null {
  if (numberedPattern.test(lower)) return 'control';
  const parts = lower.split(partedPattern).filter((part) => part !== '');
  if (parts.length === 1) {
    const word = parts[0]!;
    if (controlAlone.has(word) || ofPattern.test(word) || word === 'endoftext') return 'control';
    if (upperAlone.has(name)) return 'control';
    // HTML for struck-out text, so it stays in answers; `<S>` is a type.
    if (name === 's') return 'tag';
    // `Promise<User>` is a type; tokens and tags are not written in camel case.
    return tagAlone.has(word) && isOneCase(name) ? 'tag' : null;
  }
  return severalParts(lower, parts) ?? (/^[a-z]{3,}(?:_[a-z]+)*_\d+$/.test(lower) ? 'tag' : null);
}

/** What a name in square brackets is, `[name]`. */
export function squareName(name: string, lower: string, isClosing: boolean): TokenLevel | null {
  const parts = lower.split(partedPattern).filter((part) => part !== '');
  const isUpper = name === name.toUpperCase();
  if (parts.length === 1) {
    const word = parts[0]!;
    if (squareAny.has(word) || numberedPattern.test(word) || (isUpper && squareUpper.has(word.toUpperCase())))
      return 'control';
    return isUpper && isClosing && word.length > 2 ? 'tag' : null;
  }
  if (/^control_\d+$/.test(lower) || controlNames.has(lower) || squareUpper.has(name)) return 'control';
  return isUpper && !name.includes('-') ? severalParts(lower, parts) : null;
}

function severalParts(lower: string, parts: readonly string[]): TokenLevel | null {
  if (controlNames.has(lower) || ofPattern.test(lower)) return 'control';
  if (parts.some((part) => controlParts.has(part))) return 'control';
  if (parts.some((part) => tagParts.has(part))) return 'tag';
  return parts.filter((part) => weakParts.has(part)).length > 1 ? 'tag' : null;
}

function isOneCase(name: string): boolean {
  return name === name.toLowerCase() || name === name.toUpperCase();
}
