// `npm run new-package -- NAME --description "..."`: a package that builds, is tested and keeps the laws, from its first commit.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { renderPackage } from './render-package.mjs';

const help = `Usage: npm run new-package -- <name> --description <text> [options]

Makes packages/<name>, which builds, is tested and keeps the laws of the house.

  --description <text>   one sentence of at least 20 characters, with its full stop
  --keywords <words>     separated by commas; at least four  (default: agent,messaging,typescript,xmtp)
  --help`;

const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(2);
};
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    description: { type: 'string' },
    keywords: { type: 'string', default: 'agent,messaging,typescript,xmtp' },
    help: { type: 'boolean' },
  },
});
if (values.help) {
  process.stdout.write(`${help}\n`);
  process.exit(0);
}
const [name, ...more] = positionals;
if (name === undefined || more.length > 0 || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u.test(name))
  fail(`Give one name, in lower case with hyphens: rate-limiter.\n\n${help}`);
if (!/^[A-Z].{19,}\.$/u.test(values.description ?? ''))
  fail('Say in one sentence what it does: --description "Counts what senders may still write."');
const keywords = values.keywords.split(',').map((word) => word.trim());
if (new Set(keywords).size < 4) fail('Give at least four keywords.');
const folder = join('packages', name);
if (existsSync(folder)) fail(`${folder} is there already.`);

for (const [path, text] of Object.entries(renderPackage({ name, description: values.description, keywords }))) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}
process.stdout.write(
  `Made ${folder}. What is left: pnpm install, a line in README.md and CONTRIBUTING.md, and the arrows of scripts/architecture.test.mjs.\n`,
);
