import { expect, test, vi } from 'vitest';
import { isXmtpBinding, redirectDlopen } from './redirect-dlopen.ts';

const binding = '/app/node_modules/@xmtp/node-bindings/dist/bindings_node.linux-x64-gnu.node';

test('one file is redirected, once, with the arguments as they were', () => {
  const dlopen = vi.fn();
  const target = { dlopen };
  redirectDlopen(target, (path) => `${path}.patched`);
  redirectDlopen(target, (path) => `${path}.twice`);
  const module = {};
  target.dlopen(module, binding, 1);
  target.dlopen(module, '/app/other.node');
  expect(dlopen.mock.calls).toEqual([
    [module, `${binding}.patched`, 1],
    [module, '/app/other.node'],
  ]);
});

test('only the glibc build inside the package of XMTP counts as the binding', () => {
  const inside = (path: string) => isXmtpBinding(`/app/node_modules/${path}`);
  expect(inside('@xmtp/node-bindings/dist/bindings_node.linux-arm64-gnu.node')).toBe(true);
  expect(inside('@xmtp/node-bindings-linux-x64-gnu/bindings_node.linux-x64-gnu.node')).toBe(true);
  expect(inside('.pnpm/x@1/node_modules/@xmtp/node-bindings/dist/bindings_node.linux-x64-gnu.node')).toBe(true);
  expect(inside('@xmtp/node-bindings/dist/bindings_node.linux-x64-musl.node')).toBe(false);
  expect(inside('other/dist/bindings_node.linux-x64-gnu.node')).toBe(false);
  expect(inside('@xmtp/node-bindings/dist/bindings_node.linux-x64-gnu.node.js')).toBe(false);
});
