// `node:sqlite`, asked for when it is evaluated: a Node without it would refuse to link whatever imports it, before a line of ours could say why.
import type * as sqlite from 'node:sqlite';
import { refuseOldNode } from '../node-version/refuse-old-node.ts';

// Called, and not imported for its effect: a bundler keeps the order of statements, and not always that of modules.
refuseOldNode(process.versions.node);
const builtin = process.getBuiltinModule('node:sqlite');
/** That of `node:sqlite`. */
export const backup = builtin.backup;
/** That of `node:sqlite`. */
export const DatabaseSync = builtin.DatabaseSync;
/** A database of `node:sqlite`. */
export type DatabaseSync = sqlite.DatabaseSync;
