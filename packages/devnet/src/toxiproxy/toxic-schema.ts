import { z } from 'zod';

// What toxiproxy's server (Shopify, v2) reads and answers: https://github.com/Shopify/toxiproxy#http-api.

const number = z.int().default(0);

/** What each type may be told; what is left out is 0, what is unknown is ignored, as there. */
const attributes = {
  /** Milliseconds; `jitter` more or less. */
  latency: z.object({ latency: number, jitter: number }),
  /** Kilobytes a second. */
  bandwidth: z.object({ rate: number }),
  /** Closes `delay` milliseconds later. */
  slow_close: z.object({ delay: number }),
  /** Nothing goes through; closes after so many milliseconds of that, 0 never. */
  timeout: z.object({ timeout: number }),
  /** Resets so many milliseconds after the first bytes. */
  reset_peer: z.object({ timeout: number }),
  /** Bytes, and microseconds between two slices. */
  slicer: z.object({ average_size: number, size_variation: number, delay: number }),
  /** Closes after so many bytes. */
  limit_data: z.object({ bytes: number }),
  noop: z.object({}),
} as const;

export type ToxicType = keyof typeof attributes;

/** Something wrong with the bytes that go one way through a proxy. */
export interface Toxic {
  readonly name: string;
  readonly type: ToxicType;
  /** Away from the client, or towards it. */
  readonly stream: 'upstream' | 'downstream';
  /** How many of the connections it is for, from 0 to 1. */
  readonly toxicity: number;
  readonly attributes: Readonly<Record<string, number>>;
}

export function isToxicType(type: string): type is ToxicType {
  return Object.hasOwn(attributes, type);
}

export const attributesSchema = (type: ToxicType): z.ZodType<Record<string, number>> => attributes[type];

export const newToxicSchema = z.object({
  name: z.string().default(''),
  type: z.string().default(''),
  stream: z.string().default('downstream'),
  toxicity: z.number().default(1),
  attributes: z.record(z.string(), z.unknown()).default({}),
});

export const toxicChangeSchema = z.object({
  toxicity: z.number().optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
});

export const proxyChangeSchema = z.object({
  listen: z.string().optional(),
  upstream: z.string().optional(),
  enabled: z.boolean().optional(),
});

export const newProxySchema = z.object({
  name: z.string().default(''),
  listen: z.string().default(''),
  upstream: z.string().default(''),
  enabled: z.boolean().default(true),
});

export type ProxyChange = z.infer<typeof proxyChangeSchema>;

/** A proxy to be. */
export type ProxyPlan = z.infer<typeof newProxySchema>;
