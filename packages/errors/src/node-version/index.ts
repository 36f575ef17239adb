// For its effect, as the first import of an entry that runs on Node alone: an old one is told in a sentence, before anything ends it in the middle.
import { refuseOldNode } from './refuse-old-node.ts';

refuseOldNode(process.versions.node);
