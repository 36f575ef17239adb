/** Wakes the subscriptions of a topic. It carries no messages: a subscription reads them from the store, so none is missed or repeated. */
export interface TopicHub {
  /** `wake` is called soon after every `publish` of one of `topics`. Returns how to stop that. */
  subscribe(topics: readonly string[], wake: (topic: string) => void): () => void;
  publish(topic: string): void;
}

/** The part of a hub whose topics begin with `prefix`, under their names without it. */
export function withPrefix(hub: TopicHub, prefix: string): TopicHub {
  return {
    subscribe: (topics, wake) =>
      hub.subscribe(
        topics.map((topic) => prefix + topic),
        (topic) => wake(topic.slice(prefix.length)),
      ),
    publish: (topic) => hub.publish(prefix + topic),
  };
}

export function createTopicHub(): TopicHub {
  const byTopic = new Map<string, Set<(topic: string) => void>>();
  return {
    subscribe(topics, wake) {
      for (const topic of topics) {
        const wakes = byTopic.get(topic) ?? new Set();
        byTopic.set(topic, wakes.add(wake));
      }
      return () => {
        for (const topic of topics) {
          const wakes = byTopic.get(topic);
          wakes?.delete(wake);
          if (wakes?.size === 0) byTopic.delete(topic);
        }
      };
    },
    publish(topic) {
      // The publisher's answer goes out first, as on a real node: it does not pay for those who listen.
      if (byTopic.has(topic)) setImmediate(() => byTopic.get(topic)?.forEach((wake) => wake(topic)));
    },
  };
}
