/** A refusal in toxiproxy's words. */
export class ToxiproxyError extends Error {
  override readonly name = 'ToxiproxyError';
  /** Of HTTP. */
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}
