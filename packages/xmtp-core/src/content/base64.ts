import { z } from 'zod';

/** Bytes as they stand in JSON: base64 (RFC 4648, section 4), padded. */
export const base64 = z.base64();
