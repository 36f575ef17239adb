/** Why a client cannot be tried here. Its rows carry the message. */
export class NotAvailable extends Error {
  override name = 'NotAvailable';
}
