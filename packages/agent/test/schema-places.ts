import type { z } from 'zod';

/** A zod schema as far as it is walked here. */
interface Node {
  def: {
    type: string;
    format?: string;
    shape?: Record<string, Node>;
    element?: Node;
    keyType?: Node;
    valueType?: Node;
    innerType?: Node;
    options?: Node[];
    values?: unknown[];
    entries?: Record<string, string>;
    getter?: () => Node;
  };
  safeParse: (value: unknown) => { success: boolean };
}

/** JSON within JSON is walked so deep. */
const maxLazy = 2;
/** What strings with a form of their own are tried with. */
const samples = [
  'a',
  '1',
  'ab'.repeat(32),
  'https://files.example/a',
  Buffer.alloc(32).toString('base64'),
  Buffer.alloc(12).toString('base64'),
  '',
];

/** Stands for all places at once. */
export const everywhere = '*everywhere*';

/** Puts something at a place. `isBytes`: base64 is expected there. */
export type Put = (isBytes: boolean) => string;

/**
 * Every place of a schema where its writer may put a string of his own: values, and keys of records. Kinds of schema that are not known here
 * throw, so that none is left out without a word.
 */
export function placesOf(schema: z.ZodType): string[] {
  const found: string[] = [];
  walk(schema, '', 0, (place) => void found.push(place));
  return found;
}

/** Content of the schema with something at one place, and harmless samples at all others. */
export function contentWith(schema: z.ZodType, place: string, put: Put): unknown {
  return build(schema, '', 0, place, put);
}

const isBytes = ({ def }: Node) => def.format === 'base64';

function walk(node: Node, path: string, lazy: number, note: (path: string) => void): void {
  const { def } = node;
  switch (def.type) {
    case 'string':
      return note(path);
    case 'object':
      for (const [key, part] of Object.entries(def.shape!)) walk(part, `${path}.${key}`, lazy, note);
      return;
    case 'array':
      return walk(def.element!, `${path}[]`, lazy, note);
    case 'record':
      note(`${path}{}`);
      return walk(def.valueType!, `${path}.*`, lazy, note);
    case 'union':
      for (const [index, option] of def.options!.entries()) walk(option, `${path}|${index}`, lazy, note);
      return;
    case 'optional':
    case 'nullable':
    case 'default':
      return walk(def.innerType!, path, lazy, note);
    case 'lazy':
      if (lazy < maxLazy) walk(def.getter!(), path, lazy + 1, note);
      return;
    case 'unknown':
      // Any JSON: a string, a key, and something deep.
      for (const end of ['', '{}', '[]']) note(`${path}${end}`);
      return;
    case 'number':
    case 'boolean':
    case 'null':
    case 'enum':
    case 'literal':
      return;
    default:
      throw new Error(`A schema of the kind "${def.type}" is not known here.`);
  }
}

function build(node: Node, path: string, lazy: number, place: string, put: Put): unknown {
  const { def } = node;
  const next = (part: Node, to: string) => build(part, to, lazy, place, put);
  const isHit = (here: string) => here === place || place === everywhere;
  switch (def.type) {
    case 'string':
      return isHit(path) ? put(isBytes(node)) : samples.find((each) => node.safeParse(each).success);
    case 'object':
      return Object.fromEntries(Object.entries(def.shape!).map(([key, part]) => [key, next(part, `${path}.${key}`)]));
    case 'array':
      return [next(def.element!, `${path}[]`)];
    case 'record': {
      // What some records must have.
      const keys = ['description', 'transactionType', isHit(`${path}{}`) ? put(false) : 'key'];
      return Object.fromEntries(keys.map((key) => [key, next(def.valueType!, `${path}.*`)]));
    }
    case 'union': {
      const at = def.options!.findIndex((_, index) => isWithin(`${path}|${index}`, place));
      return next(def.options![Math.max(0, at)]!, `${path}|${Math.max(0, at)}`);
    }
    case 'optional':
    case 'nullable':
    case 'default':
      return next(def.innerType!, path);
    case 'lazy':
      return lazy < maxLazy ? build(def.getter!(), path, lazy + 1, place, put) : 'a';
    case 'unknown':
      if (place === path) return put(false);
      if (isHit(`${path}{}`)) return { [put(false)]: 'a' };
      return isHit(`${path}[]`) ? [{ deep: [put(false)] }] : 'a';
    case 'enum':
      return Object.values(def.entries!)[0];
    case 'literal':
      return def.values![0];
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      throw new Error(`A schema of the kind "${def.type}" is not known here.`);
  }
}

const isWithin = (path: string, place: string) => place.startsWith(path) && !/\d/u.test(place.charAt(path.length));
