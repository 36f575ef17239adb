import { contentSchemas, customContent, type MessageContent } from '@xmtp-messaging/xmtp-core/content';

/** Repairs before it is given up: one for each place that a cut can leave unfinished, outermost ones last. */
const maxRepairs = 8;

/**
 * What is left of a content after it was cut, made one of its type again: whatever is unfinished is left out, an element of a
 * list before the list, and all of it when what its type must have is missing. `null` for nothing.
 */
export function fitContent(type: string, cut: MessageContent): MessageContent | null {
  const schema = Object.hasOwn(contentSchemas, type)
    ? contentSchemas[type as keyof typeof contentSchemas]
    : customContent;
  const content = structuredClone(cut);
  for (let repair = 0; repair < maxRepairs; repair += 1) {
    const parsed = schema.safeParse(content);
    if (parsed.success) return content;
    const path = parsed.error.issues[0]?.path ?? [];
    if (!leaveOut(content, path)) return null;
  }
  return null;
}

/** Whether something was there to be left out. */
function leaveOut(content: object, path: readonly PropertyKey[]): boolean {
  const holders: { holder: Record<PropertyKey, unknown> | unknown[]; key: PropertyKey }[] = [];
  let value: unknown = content;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) break;
    holders.push({ holder: value as Record<PropertyKey, unknown>, key });
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  const inList = holders.findLast(({ holder }) => Array.isArray(holder));
  if (inList !== undefined) return (inList.holder as unknown[]).splice(Number(inList.key), 1).length > 0;
  const last = holders.at(-1);
  if (last === undefined || !Object.hasOwn(last.holder, last.key)) return false;
  const { holder, key } = last as { holder: Record<PropertyKey, unknown>; key: PropertyKey };
  // First as what cannot be read; where that may not stand, not at all.
  if (holder[key] === null) return Reflect.deleteProperty(holder, key);
  holder[key] = null;
  return true;
}
