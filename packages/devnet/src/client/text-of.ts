/** What a person wrote: a text, also one that replies to something; `null` for anything else. */
export function textOf({ content }: { readonly content: unknown }): string | null {
  if (typeof content === 'string') return content;
  const inner: unknown =
    typeof content === 'object' && content !== null && 'content' in content ? content.content : null;
  return typeof inner === 'string' ? inner : null;
}
