import type { UnaryClient } from '../grpc/create-unary-client.ts';
import { type Post, postsWire, type Seen } from '../grpc/posts-wire.ts';
import { nativeCalls } from './native-calls.ts';
import type { RunNative } from './create-run-native.ts';

/** What was posted to groups, as the network shows it to everybody: encrypted, by nobody whom it names. */
export interface PostLog {
  /** When something was last posted, by group; without those in which nothing was. */
  newest(groupIds: readonly string[]): Promise<Map<string, Pick<Post, 'id' | 'atNs'>>>;
  /** What was posted after `seen`, oldest first. The caller ends it; it ends by itself after 2,000. */
  since(groupId: string, seen: Seen): AsyncIterable<Post>;
}

/** Groups of one question. */
const groupsAtOnce = 100;
const pageSize = 100;
const maxPages = 20;

/** @param node Where questions go; it is asked for before each. */
export function createPostLog(options: {
  network: 'v3' | 'd14n';
  node: () => Promise<Pick<UnaryClient, 'ask'>>;
  run: RunNative;
}): PostLog {
  const { node, run } = options;
  const wire = postsWire[options.network];
  const ask = (path: string, request: Uint8Array) =>
    run(nativeCalls.askPosts, async () => await (await node()).ask(path, request));

  return {
    async newest(groupIds) {
      const found = new Map<string, Pick<Post, 'id' | 'atNs'>>();
      for (let at = 0; at < groupIds.length; at += groupsAtOnce) {
        const some = groupIds.slice(at, at + groupsAtOnce);
        const answers = wire.readNewest(await ask(wire.newestPath, wire.encodeNewest(some)));
        for (const [index, groupId] of some.entries()) {
          const post = answers[index] ?? null;
          if (post !== null) found.set(groupId, post);
        }
      }
      return found;
    },
    async *since(groupId, seen) {
      const known = new Map(seen);
      for (let page = 0; page < maxPages; page += 1) {
        const posts = wire.readPage(await ask(wire.pagePath, wire.encodePage(groupId, known, pageSize)));
        for (const post of posts) {
          if (post.id > (known.get(post.node) ?? -1n)) known.set(post.node, post.id);
          yield post;
        }
        if (posts.length < pageSize) return;
      }
    },
  };
}
