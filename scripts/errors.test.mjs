// One error house (docs/decisions/0104): where errors live, and that each of their codes is explained.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Files of errors that are no `errors.ts` with a table, and why. */
const others = {
  'packages/devnet/src/grpc-error.ts': 'the statuses of a protocol, whose meaning gRPC gives',
  'packages/xmtp-core/src/errors.ts': 'its table is a file of its own, error-texts.ts, for its length',
  'apps/server/src/delivery/delivery-error.ts':
    'stays inside the delivery; no caller and no reader of a README meets it',
};

const families = globSync('{packages,apps}/*/src/**/*.ts', { cwd: root })
  .filter((path) => !path.endsWith('.test.ts'))
  .flatMap((path) => {
    const text = readFileSync(root + path, 'utf8');
    return [...text.matchAll(/^export class (\w+) extends BaseError</gmu)].map(([, name]) => ({ path, text, name }));
  });

const housed = families.filter(({ path }) => !Object.hasOwn(others, path));

test('errors live in errors.ts, beside the table of their codes', () => {
  const strays = housed.filter(
    ({ path, text, name }) => !path.endsWith('/errors.ts') || !text.includes(`ErrorTexts<${name}Code> = {`),
  );
  expect(strays.map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
});

test('each exception is still there', () => {
  const found = families.map(({ path }) => path).filter((path) => Object.hasOwn(others, path));
  expect(found.toSorted()).toEqual(Object.keys(others).toSorted());
});

test.each(housed)('the README explains each code of $name', ({ path, text, name }) => {
  const [parent, room] = path.split('/');
  const readme = readFileSync(`${root}${parent}/${room}/README.md`, 'utf8');
  const union = new RegExp(`export type ${name}Code =\\n((?:  [^\\n]*\\n)+)`, 'u').exec(text)[1];
  const codes = [...union.matchAll(/^ {2}\| '(\w+)'/gmu)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(1);
  expect(codes.filter((code) => !readme.includes(`\`${code}\``))).toEqual([]);
});
