import type { HttpBindings } from '@hono/node-server';
import type { RequestIdVariables } from 'hono/request-id';
import type { Caller } from '../callers/create-callers.ts';

/** What Hono carries with each request. */
export interface AppEnv {
  Bindings: Partial<HttpBindings>;
  Variables: RequestIdVariables & {
    /** Who asks; absent where nobody is asked who they are. */
    caller?: Caller;
  };
}
