// Two laws of public types, as errors of the build: what stands in the reference is explained there, and where a member may be left out it
// may be `undefined`.
import { Application, Comment, Converter, ReflectionKind } from 'typedoc';
import ts from 'typescript';

const declared = [
  ReflectionKind.Function,
  ReflectionKind.Class,
  ReflectionKind.Interface,
  ReflectionKind.TypeAlias,
  ReflectionKind.Variable,
  ReflectionKind.Enum,
];
const members = [ReflectionKind.Property, ReflectionKind.Method, ReflectionKind.Accessor, ReflectionKind.EnumMember];

/** @param {Application} app */
export function load(app) {
  /** @type {string[]} */
  const strict = [];
  // A field of a zod schema is explained once, by its `description`, which the OpenAPI document shows as well.
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    for (const declaration of context.getSymbolFromReflection(reflection)?.declarations ?? []) {
      if (isStrict(declaration, context.checker)) strict.push(reflection.getFriendlyFullName());
      if (reflection.hasComment()) return;
      const schema = schemaOf(declaration);
      const text = schema === undefined ? undefined : describe(schema, context.checker);
      if (text === undefined) continue;
      reflection.comment = new Comment([{ kind: 'text', text }]);
      return;
    }
  });
  app.on(Application.EVENT_VALIDATE_PROJECT, (project) => {
    for (const name of strict) app.logger.validationWarning(`${name} may be left out, and refuses undefined`);
    for (const reflection of Object.values(project.reflections)) {
      if (!reflection.kindOf([...declared, ...members]) || !needsWords(reflection) || hasWords(reflection)) continue;
      app.logger.validationWarning(`${reflection.getFriendlyFullName()} has no docstring`);
    }
  });
}

/**
 * Whether a member may be left out, and yet refuses `undefined` under `exactOptionalPropertyTypes`, also within: whoever computes a value
 * would have to build the object piece by piece.
 */
function isStrict(declaration, checker) {
  if (!ts.isPropertySignature(declaration) || declaration.questionToken === undefined || declaration.type === undefined)
    return false;
  if (/\bPartial</u.test(declaration.type.getText())) return true;
  const type = checker.getTypeFromTypeNode(declaration.type);
  const takes = (each) => (each.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.AnyOrUnknown)) !== 0;
  return !(takes(type) || (type.isUnion() && type.types.some(takes)));
}

/** The schema behind a field of one, or behind `z.infer<typeof schema>`. */
function schemaOf(declaration) {
  if (ts.isPropertyAssignment(declaration)) return declaration.initializer;
  if (!ts.isTypeAliasDeclaration(declaration) || !ts.isTypeReferenceNode(declaration.type)) return undefined;
  const [argument] = declaration.type.typeArguments ?? [];
  return argument !== undefined && ts.isTypeQueryNode(argument) ? argument.exprName : undefined;
}

/** What the last `.meta({ description })` of a schema says, also where the schema stands elsewhere under a name. */
function describe(node, checker) {
  if (ts.isIdentifier(node)) {
    let symbol = checker.getSymbolAtLocation(node);
    if (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
    const declaration = symbol?.valueDeclaration;
    const isNamed = declaration !== undefined && ts.isVariableDeclaration(declaration) && declaration.initializer;
    return isNamed ? describe(declaration.initializer, checker) : undefined;
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const [facts] = node.arguments;
  if (node.expression.name.text === 'meta' && facts !== undefined && ts.isObjectLiteralExpression(facts)) {
    const found = facts.properties.find((each) => each.name?.getText() === 'description');
    if (found !== undefined && ts.isPropertyAssignment(found) && ts.isStringLiteralLike(found.initializer))
      return found.initializer.text;
  }
  return describe(node.expression.expression, checker);
}

/**
 * Every declaration, and every member of one. A member that can have one value explains itself (`kind: 'dead'`, the `name` of an
 * error); an object type that is written inside another is covered by the words for the place where it stands.
 * @param {import('typedoc').Reflection} reflection
 */
function needsWords(reflection) {
  if (reflection.flags.isExternal || reflection.flags.isInherited) return false;
  if (reflection.kindOf(declared)) return true;
  if (reflection.type?.type === 'literal') return false;
  const { parent } = reflection;
  if (!parent.kindOf(ReflectionKind.TypeLiteral)) return parent.kindOf(declared);
  const { parent: owner } = parent;
  if (owner?.kindOf(ReflectionKind.TypeAlias)) return owner.type?.type === 'reflection';
  // The options of a function, which its own words may name. A signal stops the call; ours make errors, not their readers.
  if (!owner?.kindOf(ReflectionKind.Parameter) || owner.parent?.kindOf(ReflectionKind.ConstructorSignature))
    return false;
  if (reflection.name === 'signal' || owner.hasComment()) return false;
  return !wordsAround(owner).includes(`\`${reflection.name}\``);
}

/** What stands above it, and above what it is in, up to the declaration. */
function wordsAround(reflection) {
  const own = reflection.comment?.summary.map(({ text }) => text).join('') ?? '';
  return reflection.kindOf(declared) || reflection.parent === undefined ? own : own + wordsAround(reflection.parent);
}

function hasWords(reflection) {
  if (reflection.hasComment()) return true;
  const signatures = reflection.signatures ?? reflection.type?.declaration?.signatures ?? [];
  const accessors = [reflection.getSignature, reflection.setSignature].filter((each) => each !== undefined);
  return [...signatures, ...accessors].some((each) => each.hasComment());
}
