/** Thrown by a guarded request instead of connecting. */
export class GatewayRefusedError extends Error {
  override readonly name = 'GatewayRefusedError';
}
