import {
  create,
  type DescMessage,
  type DescMethod,
  type DescService,
  fromBinary,
  type Message,
  type MessageInitShape,
  toBinary,
} from '@bufbuild/protobuf';
import { GrpcError } from '../grpc-error.ts';
import type { CallContext, ServiceHandlers } from '../services/service-types.ts';

/** One method of the network in terms of bytes, so that every transport speaks to the same handlers. */
export interface Route {
  /** `/package.Service/Method` */
  readonly path: string;
  /** `Method` */
  readonly method: string;
  readonly streaming: boolean;
  /** The node of the decentralised network that it belongs to. */
  readonly node?: number | undefined;
  /** Tells what a stream says about itself from what happened, which faults may lose. @default everything happened */
  readonly isNotice?: ((message: Uint8Array) => boolean) | undefined;
  /** Only when not streaming. @throws GrpcError */
  readonly unary: (request: Uint8Array, call: CallContext) => Promise<Uint8Array>;
  /** Only when streaming. @throws GrpcError */
  readonly stream: (request: Uint8Array, call: CallContext) => AsyncIterable<Uint8Array>;
}

type AnyHandler = (request: Message, call: CallContext) => unknown;

/** Binds the handlers of one service to its wire format. */
export function createRoutes<Service extends DescService>(
  service: Service,
  handlers: ServiceHandlers<Service>,
): Route[] {
  return service.methods.map((method) => {
    const handler = (handlers as Record<string, AnyHandler>)[method.localName]!;
    return {
      path: `/${service.typeName}/${method.name}`,
      method: method.name,
      streaming: method.methodKind === 'server_streaming',
      unary: toUnary(method, handler),
      stream: toStream(method, handler),
    };
  });
}

function toUnary({ input, output }: DescMethod, handler: AnyHandler): Route['unary'] {
  return async (request, call) => encode(output, await handler(decode(input, request), call));
}

function toStream({ input, output }: DescMethod, handler: AnyHandler): Route['stream'] {
  return async function* (request, call) {
    for await (const message of handler(decode(input, request), call) as AsyncIterable<unknown>) {
      yield encode(output, message);
    }
  };
}

function decode(schema: DescMessage, bytes: Uint8Array): Message {
  try {
    return fromBinary(schema, bytes);
  } catch (error) {
    // The words and the code of the reference node's gRPC library.
    throw new GrpcError(
      'INTERNAL',
      `grpc: error unmarshalling request: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

function encode(schema: DescMessage, message: unknown): Uint8Array {
  return toBinary(schema, create(schema, message as MessageInitShape<DescMessage>));
}
