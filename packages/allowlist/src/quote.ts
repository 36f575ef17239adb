/** Invisible, reordering or line-breaking characters. U+200D is not among them: it joins the parts of emoji. */
export const unseen = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|(?!\u200d)\p{Cf}/u;

/** A value as it may stand in an error: quoted, nothing in it unseen, at most 60 characters of it. */
export function quote(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}...` : text;
  return JSON.stringify(short).replaceAll(
    new RegExp(unseen, 'gu'),
    (each) => `\\u{${each.codePointAt(0)!.toString(16)}}`,
  );
}
