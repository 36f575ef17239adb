import type {
  DescMethodServerStreaming,
  DescMethodUnary,
  DescService,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';

/** What a handler may know about the call beyond its request. */
export interface CallContext {
  /** Aborted when the client goes away, its deadline passes or the network shuts down. */
  readonly signal: AbortSignal;
  /** Names the client to fault rules that single one out; learned from what the connection asked for. */
  identify(installationKey: Uint8Array): void;
}

/** The handlers of one service, typed by its description. A stream is an async iterable: its pace is the client's. */
export type ServiceHandlers<Service extends DescService> = {
  [Name in keyof Service['method']]: Service['method'][Name] extends DescMethodServerStreaming<
    infer Input,
    infer Output
  >
    ? (request: MessageShape<Input>, call: CallContext) => AsyncIterable<MessageInitShape<Output>>
    : Service['method'][Name] extends DescMethodUnary<infer Input, infer Output>
      ? (
          request: MessageShape<Input>,
          call: CallContext,
        ) => MessageInitShape<Output> | Promise<MessageInitShape<Output>>
      : never;
};
