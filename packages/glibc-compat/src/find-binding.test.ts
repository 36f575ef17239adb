import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import { findBinding } from './find-binding.ts';

function install(...path: string[]): string {
  const folder = join(...path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'x', version: '1.0.0' }));
  return folder;
}

test('the binding is found beside the program, or behind the SDK that hides it', async () => {
  const root = await temporaryDirectory();
  const sdk = install(root, 'store', 'node_modules', '@xmtp', 'node-sdk');
  const hidden = install(root, 'store', 'node_modules', '@xmtp', 'node-bindings');
  mkdirSync(join(root, 'a', 'node_modules', '@xmtp'), { recursive: true });
  symlinkSync(sdk, join(root, 'a', 'node_modules', '@xmtp', 'node-sdk'));
  const find = (from: string) => findBinding({ from, arch: 'arm64' });
  expect(find(join(root, 'a'))).toBe(join(hidden, 'dist', 'bindings_node.linux-arm64-gnu.node'));
  const beside = install(root, 'a', 'node_modules', '@xmtp', 'node-bindings');
  expect(find(join(root, 'a'))).toBe(join(beside, 'dist', 'bindings_node.linux-arm64-gnu.node'));
});

test('a program without XMTP is told so', async () => {
  const from = await temporaryDirectory();
  expect(() => findBinding({ from, arch: 'x64' })).toThrow(expect.objectContaining({ code: 'BINDING_NOT_FOUND' }));
});
