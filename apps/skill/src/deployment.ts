import type { Place } from './assign-places.ts';

/** What an agent that is deployed has. */
export interface Deployment {
  wallet: string;
  place: Place;
}
