import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { assessHost, findBinding, hostGlibc } from '@xmtp-messaging/glibc-compat';
import { isBaseError } from '@xmtp-messaging/errors';
import { locateOws } from '@xmtp-messaging/ows-signer';
import { fail, type Finding, ok, warn } from './types.ts';

/** What is asked of the machine. Each is a parameter, so that a fault can be planted. */
export interface MachineFacts {
  /** Such as `24.1.0`. */
  node: string;
  platform: string;
  /** `null` where there is none. */
  glibc: string | null;
  /** Path of the XMTP binding. @throws GlibcCompatError */
  binding: () => string;
  /** Path of the program `ows`; `null` when it is not published for this platform. */
  ows: string | null;
}

export function machineFacts(): MachineFacts {
  const core = createRequire(import.meta.url).resolve('@xmtp-messaging/xmtp-core/package.json');
  return {
    node: process.versions.node,
    platform: process.platform,
    glibc: hostGlibc(),
    binding: () => findBinding({ from: dirname(core), arch: process.arch }),
    ows: locateOws(),
  };
}

/** Node, glibc, the binding of the XMTP SDK and the program `ows`. */
export function checkMachine({ node, platform, glibc, binding, ows }: MachineFacts): Finding[] {
  return [checkNode(node), checkGlibc({ platform, glibc }), checkBinding({ platform, binding }), checkOws(ows)];
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18)
    ? ok('node', `Node ${version}.`)
    : fail('node', `Node ${version} is too old.`, 'Install Node 22.18 or later.');
}

function checkGlibc(host: { platform: string; glibc: string | null }): Finding {
  if (host.platform !== 'linux') return ok('glibc', `Not needed on ${host.platform}.`);
  if (host.glibc === null)
    return warn(
      'glibc',
      'This system has no glibc that tells its version.',
      'If the binding does not load, use Debian 12 or later.',
    );
  try {
    const how =
      assessHost(host) === 'as-published'
        ? 'the XMTP binding loads as published'
        : 'the XMTP binding is loaded from a patched copy';
    return ok('glibc', `glibc ${host.glibc}: ${how}.`);
  } catch (error) {
    return fail(
      'glibc',
      isBaseError(error) ? error.shortMessage : 'glibc is too old.',
      'Use a system with glibc 2.34 or later.',
    );
  }
}

function checkBinding({ platform, binding }: Pick<MachineFacts, 'platform' | 'binding'>): Finding {
  if (platform !== 'linux') return ok('binding', 'It is found by the SDK itself here.');
  try {
    binding();
    return ok('binding', 'The binding of the XMTP SDK is installed.');
  } catch {
    return fail(
      'binding',
      'The binding of the XMTP SDK is not installed.',
      'Install again, with optional dependencies.',
    );
  }
}

function checkOws(path: string | null): Finding {
  return path === null
    ? fail(
        'ows',
        'The program ows is not installed for this platform.',
        'Set OWS_COMMAND to an ows of your own; see the README of @xmtp-messaging/ows-signer.',
      )
    : ok('ows', 'The program ows is installed.');
}
