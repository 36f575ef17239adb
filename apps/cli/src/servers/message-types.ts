/** An accepted message, as far as it is shown here. */
export interface Message {
  seq: number;
  id: string;
  conversationType: string;
  from: { address: string | null; name?: string | null };
  contentType: string;
  sentAt: string;
  /** Of one that was heard; of one that was sent there is `deliveryState`. */
  state?: string;
  deliveryState?: string;
  lastError?: string | null;
  /** The words of the sender inside the boundary. */
  text: string | null;
}

/** A page of them. */
export interface MessagePage {
  messages: Message[];
  cursor: number;
  more: boolean;
}
