// Runs in the page, where the SDK for browsers and its worker are.
import type { Person } from '../person.ts';
import { type SdkClient, toPerson } from '../to-person.ts';

/** What the bindings for browsers call messages and consent in an archive. */
const archiveElements = [0, 1];

/** What the page asks the program that opened it. */
interface Outside {
  /** @returns hex */
  readonly signFor: (address: string, text: string) => Promise<string>;
}

export interface PageSigner {
  type: 'EOA';
  getIdentifier: () => { identifier: string; identifierKind: number };
  signMessage: (text: string) => Promise<Uint8Array>;
}

/** What the program calls in the page. */
export interface Page {
  /** Returns what `call` names the person by. */
  open(address: string, options: unknown): Promise<{ id: number; inboxId: string; installationId: string }>;
  call(id: number, method: string, args: readonly unknown[]): Promise<unknown>;
}

const toBytes = (hex: string) => Uint8Array.from(hex.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));

/** Lets the program outside open people here, and act as them. */
export function servePage(create: (signer: PageSigner, options: unknown) => Promise<SdkClient>): void {
  const people: Person[] = [];
  const { signFor } = globalThis as unknown as Outside;
  const page: Page = {
    async open(address, options) {
      const signer: PageSigner = {
        type: 'EOA',
        getIdentifier: () => ({ identifier: address, identifierKind: 0 }),
        signMessage: async (text) => toBytes(await signFor(address, text)),
      };
      const person = toPerson({ client: await create(signer, options), address, archiveElements });
      people.push(person);
      return { id: people.length - 1, inboxId: person.inboxId, installationId: person.installationId };
    },
    async call(id, method, args) {
      const person = people[id] as unknown as Record<string, (...given: readonly unknown[]) => Promise<unknown>>;
      return await person[method]!(...args);
    },
  };
  Object.assign(globalThis, { page });
}
