import { expect, test } from 'vitest';
import { compareDeclarations, readDeclarations } from './read-declarations.ts';

const before = `
declare class Conversation<T = unknown> {
    #private;
    /**
     * sendGone(text: string): void;
     */
    sendText(text: string, isOptimistic?: boolean): Promise<string>;
    get id(): string;
    old(): void;
}
export interface SendOpts {
  shouldPush: boolean
}
export declare function initLogging(options: string): void
`;
const after = `
declare class Conversation<T = unknown> {
    sendText(text: string, opts?: SendOpts): Promise<string>;
    get id(): string;
    close(): Promise<void>;
}
export interface SendOpts {
  shouldPush?: boolean
  idempotencyKey?: string
}
export declare function initLogging(options: string): void
`;

test('what is gone, changed and new in a version is told', () => {
  expect(compareDeclarations(readDeclarations(before), readDeclarations(after))).toEqual({
    gone: ['Conversation.old'],
    changed: [
      {
        name: 'Conversation.sendText',
        before: 'sendText(text: string, isOptimistic?: boolean): Promise<string>',
        after: 'sendText(text: string, opts?: SendOpts): Promise<string>',
      },
      { name: 'SendOpts.shouldPush', before: 'shouldPush: boolean', after: 'shouldPush?: boolean' },
    ],
    added: ['Conversation: close(): Promise<void>', 'SendOpts: idempotencyKey?: string'],
  });
  expect(compareDeclarations(readDeclarations(after), readDeclarations(after))).toEqual({
    gone: [],
    changed: [],
    added: [],
  });
});
