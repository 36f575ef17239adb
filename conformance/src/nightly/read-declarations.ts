/** Signatures by `Type.member`, of classes, interfaces and object types; several where a member is overloaded. */
export type Declarations = ReadonlyMap<string, string>;

/** Reads a declaration file as compilers print it: one member a line, comments before it. */
export function readDeclarations(text: string): Declarations {
  const found = new Map<string, string>();
  const code = text.replaceAll(/\/\*[^]*?\*\//gu, '');
  const types = /^(?:export )?(?:declare )?(?:class|interface|type) (\w+)[^\n]*\{\n([^]*?)^\}/gmu;
  for (const [, type, body] of code.matchAll(types)) {
    for (const [line, name] of body!.matchAll(
      /^ {2,4}(?:static |get |set |readonly )*['"]?([#\w$]+)['"]?[?]?(?=[(<:])[^\n]*/gmu,
    )) {
      if (name!.startsWith('#')) continue;
      const key = `${type}.${name}`;
      const signature = line.trim().replace(/;$/u, '');
      found.set(key, found.has(key) ? `${found.get(key)}; ${signature}` : signature);
    }
  }
  for (const [, name, rest] of code.matchAll(/^export (?:declare )?(?:function|const(?: enum)?) (\w+)([^\n]*)/gmu)) {
    found.set(name!, `${name}${rest}`.replace(/[;{\s]+$/u, ''));
  }
  return found;
}

const inType = (name: string, signature: string): string =>
  name.includes('.') ? `${name.split('.')[0]}: ${signature}` : signature;

/** What a new version does not have any more, has in another form, and has anew. */
export interface Difference {
  readonly gone: readonly string[];
  /** Each with what it was and what it is. */
  readonly changed: readonly { readonly name: string; readonly before: string; readonly after: string }[];
  readonly added: readonly string[];
}

export function compareDeclarations(before: Declarations, after: Declarations): Difference {
  const both = [...before].filter(([name]) => after.has(name));
  return {
    gone: [...before.keys()].filter((name) => !after.has(name)),
    changed: both
      .filter(([name, signature]) => after.get(name) !== signature)
      .map(([name, signature]) => ({ name, before: signature, after: after.get(name)! })),
    added: [...after].filter(([name]) => !before.has(name)).map(([name, signature]) => inType(name, signature)),
  };
}
