import type { MetricObjectWithValues, MetricValue } from 'prom-client';

/** What the server counts. Labels are taken from small fixed sets, never from senders or callers. */
export interface Metrics {
  request(facts: { method: string; route: string; status: number; seconds: number }): void;
  send(result: string): void;
  accepted(sender: 'allowlisted' | 'unknown'): void;
  dropped(reason: string): void;
  /** Something that the guard noticed in a message. */
  finding(kind: string): void;
  delivery(facts: { channel: string; result: string; seconds: number }): void;
  reply(result: string): void;
  /** The text for `GET /metrics`, and its media type. */
  render(): Promise<{ text: string; type: string }>;
  /** The same before it is text, to be put together with that of others. */
  collect(): Promise<MetricObjectWithValues<MetricValue<string>>[]>;
}
