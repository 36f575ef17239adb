// The files of a package that does nothing yet, and keeps every law of the house.
const repository = 'https://github.com/xmtp-messaging/xmtp-messaging';

/** By path within the package. */
export function renderPackage({ name, description, keywords }) {
  const full = `@xmtp-messaging/${name}`;
  const exported = name.replaceAll(/-(?<letter>[a-z0-9])/gu, (_, letter) => letter.toUpperCase());
  const built = { types: './dist/index.d.ts', default: './dist/index.js' };
  const manifest = {
    name: full,
    version: '0.0.0',
    description,
    keywords: [...new Set(keywords)].toSorted((a, b) => a.localeCompare(b)),
    homepage: `${repository}/tree/main/packages/${name}#readme`,
    bugs: `${repository}/issues`,
    license: 'MIT',
    author: 'XMTP Messaging contributors',
    repository: { type: 'git', url: `git+${repository}.git`, directory: `packages/${name}` },
    files: ['dist'],
    type: 'module',
    sideEffects: false,
    exports: {
      '.': { '@xmtp-messaging/source': './src/index.ts', ...built },
      './package.json': './package.json',
    },
    publishConfig: {
      exports: { '.': built, './package.json': './package.json' },
      access: 'public',
      provenance: true,
    },
    scripts: {
      build:
        'tsup src/index.ts --format esm --target node22 --sourcemap --clean --silent && tsc -p tsconfig.build.json && node ../../scripts/prune-declarations.mjs',
      'check:package': 'publint --strict && attw --pack . --profile esm-only',
    },
    dependencies: { '@xmtp-messaging/errors': 'workspace:^' },
    devDependencies: { vitest: 'catalog:' },
    engines: { node: '>=22.18' },
  };
  const build = {
    extends: '../../tsconfig.base.json',
    compilerOptions: {
      customConditions: [],
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: 'src',
      outDir: 'dist',
    },
    include: ['src'],
    exclude: ['src/**/*.test.ts'],
  };
  return {
    'package.json': json(manifest),
    'tsconfig.build.json': json(build),
    'README.md': readme({ full, description, exported }),
    'src/index.ts': `// The public surface of ${full}.\nimport '@xmtp-messaging/errors/node-version';\nexport { ${exported} } from './${name}.ts';\n`,
    [`src/${name}.ts`]: `/** ${description} */\nexport function ${exported}(): string {\n  return '${name}';\n}\n`,
    'src/index.test.ts': surfaceTest(exported),
  };
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

function readme({ full, description, exported }) {
  return `# ${full}

${description}

\`\`\`sh not-run="npm run smoke installs it from its tarball"
npm install ${full}
\`\`\`

\`\`\`ts run
import { ${exported} } from '${full}';

${exported}();
\`\`\`

## Limits

None are known.
`;
}

function surfaceTest(exported) {
  return `import { expect, expectTypeOf, test } from 'vitest';
import * as surface from './index.ts';

test('the public surface is what it was', () => {
  expect(Object.keys(surface).toSorted()).toMatchInlineSnapshot(\`
    [
      "${exported}",
    ]
  \`);
});

test('the types are what callers write against', () => {
  expectTypeOf(surface.${exported}).toEqualTypeOf<() => string>();
});
`;
}
