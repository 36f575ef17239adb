import { contentTypeIds } from './content-type-ids.ts';
import { custom, fullId, type OutboundContent, outboundSchemas, sendableTypes } from './outbound-schemas.ts';

/** What is given to be sent. */
export interface OutboundInput {
  /** Short name or full id. */
  type: string;
  /** What the schema of that type accepts. */
  content: unknown;
}

/** A part of what was given that cannot be meant. */
export interface OutboundIssue {
  /** Where in `content`, from the outside in. */
  path: readonly PropertyKey[];
  /** What is wrong, in a sentence. */
  message: string;
}

/** Reads what is to be sent, by short name or full id. Unknown keys are refused, as is text that is not well-formed Unicode. */
export function parseOutbound(
  input: OutboundInput,
): { ok: true; value: OutboundContent } | { ok: false; issues: readonly OutboundIssue[] } {
  const refuse = (message: string, path: readonly PropertyKey[] = []) => ({
    ok: false as const,
    issues: [{ path, message }],
  });
  if (!isWellFormed(input, 0)) return refuse('must be well-formed Unicode, nested at most 20 deep');
  const { type, content } = nameTypes(input) as OutboundInput;
  if (unsendable.has(type)) return refuse(`cannot be sent: ${type} is written by the SDK alone`, ['type']);
  const isKnown = type in outboundSchemas;
  if (!isKnown && !type.includes('/'))
    return refuse(`must be one of ${sendableTypes.join(', ')}, or a full id`, ['type']);
  const parsed = isKnown
    ? outboundSchemas[type as keyof typeof outboundSchemas].safeParse(content)
    : custom.shape.content.safeParse(content);
  if (!parsed.success) {
    return {
      ok: false,
      issues: parsed.error.issues.map(({ path, message }) => ({ path: ['content', ...path], message })),
    };
  }
  const id = isKnown ? null : fullId.safeParse(type);
  if (id !== null && !id.success) return refuse(id.error.issues[0]?.message ?? 'is no type', ['type']);
  return { ok: true, value: { type, content: parsed.data } as OutboundContent };
}

const unsendable: ReadonlySet<string> = new Set(
  Object.keys(contentTypeIds).filter((name) => !(name in outboundSchemas)),
);
/** By the exact id: another version may mean other content. */
const shortNames: ReadonlyMap<string, string> = new Map(Object.entries(contentTypeIds).map(([name, id]) => [id, name]));

/** Types by their short names, of a reply's content too. */
function nameTypes(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') return value;
  const type = shortNames.get(value.type) ?? value.type;
  const content = 'content' in value ? value.content : undefined;
  if (type !== 'reply' || typeof content !== 'object' || content === null || !('content' in content))
    return { ...value, type };
  return { ...value, type, content: { ...content, content: nameTypes(content.content) } };
}

const maxDepth = 20;

function isWellFormed(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= maxDepth) return false;
  return Object.entries(value).every(([key, part]) => key.isWellFormed() && isWellFormed(part, depth + 1));
}
