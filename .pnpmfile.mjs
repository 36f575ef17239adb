// What cannot be said in pnpm-workspace.yaml.
export const hooks = {
  readPackage(manifest) {
    // It writes types through the compiler's library, which version 7 no longer has: it gets a compiler of its own.
    if (manifest.name === 'openapi-typescript') {
      delete manifest.peerDependencies.typescript;
      manifest.dependencies.typescript = '5.9.3';
    }
    return manifest;
  },
  beforePacking(manifest) {
    // Of no use to whoever installs it, and one names a package that will never exist.
    delete manifest.devDependencies;
    delete manifest.scripts;
    delete manifest.tsup;
    return manifest;
  },
};
