// No command that we print may be one that words, filled in by an agent, can break out of.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Words in quotes behind a data option, or echoed: a quote in them ends the text, and the rest runs. */
const quoted = /(?:^|\s)(?:-d|-F|--data(?:-\w+)?|--json|--form)[\s=]*\$?["'](?!\{\}["'])(?!@)(?!["'])/u;
const echoed = /(?:^|[\s`(;|])(?:echo|printf)\s+(?:-\w+\s+)?["']\s*[{[]/u;
/** A here-document whose delimiter is not quoted: the shell expands what stands in it. */
const expanded = /<<-?\s?[A-Z_]{2,}\s*(?:$|[\\|&;>])/u;

export const isBreakable = (line) => [quoted, echoed, expanded].some((form) => form.test(line));

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split(
  '\n',
);
const documents = tracked.filter((path) => /\.(?:md|txt|html|ya?ml)$/u.test(path) && path !== 'pnpm-lock.yaml');
const sources = tracked.filter((path) => /\.(?:ts|mjs|js|sh)$/u.test(path) && !/\.test\.|\/test\//u.test(path));

test.each([
  `curl -d '{"message": "x"}' http://localhost`,
  `  -d "{\\"message\\": \\"x\\"}"`,
  `curl --data-raw '{"message":"x"}'`,
  `curl --json '{"message":"x"}'`,
  `curl -d $'{"message": "x"}'`,
  `curl --data='x'`,
  `echo '{"message":"x"}' | curl --data-binary @-`,
  `printf '{"message":"x"}' > body.json`,
  'curl --data-binary @- <<JSON',
])('%s can be broken out of', (line) => {
  expect(isBreakable(line)).toBe(true);
});

test.each([
  "curl --data-binary @- <<'JSON'",
  `curl -X POST http://localhost/ack -d '{}'`,
  `curl -X POST -d '' http://localhost/ack`,
  'curl --data-binary @body.json',
  'curl --data-binary "@body.json"',
  'if (1 << bits > 2) return',
])('%s can not', (line) => {
  expect(isBreakable(line)).toBe(false);
});

test('no document and no program prints a command that words can break out of', () => {
  const found = [...documents, ...sources]
    .filter((path) => path !== '' && !path.includes('printed-commands'))
    .flatMap((path) =>
      readFileSync(`${root}${path}`, 'utf8')
        .split('\n')
        .map((line, index) => ({ at: `${path}:${index + 1}`, line }))
        .filter(({ line }) => isBreakable(line)),
    );
  expect(found).toEqual([]);
});
