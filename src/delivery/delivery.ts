/** A delivery: one HTTP request that has to be made, from the moment it is stored to its one end. */

/** What is known of a delivery before it is stored. */
export interface NewDelivery {
  /** Deliveries of one queue share a destination's credentials and limits: the id of a node. */
  readonly queue: string;
  /** Sent with every attempt, so that a receiver can recognize a repeated request. */
  readonly key: string;
  /** Deliveries with the same ordering key are made strictly one after the other. */
  readonly order: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The message that a flow receives when the delivery ends, as JSON. */
  readonly message: string;
}

export type DeliveryState = 'waiting' | 'sent' | 'givenUp';

/** A stored delivery. Times are milliseconds since the epoch. */
export interface Delivery extends NewDelivery {
  readonly id: number;
  readonly state: DeliveryState;
  readonly acceptedAt: number;
  /** From when its age counts: acceptance, moved along when somebody sets the machine's clock. */
  readonly agesFrom: number;
  readonly nextAt: number;
  readonly attempts: number;
  readonly endedAt?: number;
  readonly status?: number;
  readonly error?: string;
  readonly errorCode?: string;
}

/** How an ended delivery ended. */
export interface DeliveryEnd {
  readonly state: 'sent' | 'givenUp';
  readonly endedAt: number;
  readonly attempts: number;
  readonly status?: number;
  readonly error?: string;
  readonly errorCode?: string;
}

/** A failed attempt that is followed by another one. */
export interface DeliveryRetry {
  readonly nextAt: number;
  readonly attempts: number;
  readonly status?: number;
  readonly error: string;
  readonly errorCode: string;
}

/** What a list of deliveries shows: everything except what was sent, which may hold customers' data and secrets. */
export type DeliverySummary = Omit<Delivery, 'headers' | 'body' | 'message' | 'agesFrom'>;

/** A queue in figures. */
export interface DeliveryCounts {
  readonly waiting: number;
  readonly sent: number;
  readonly givenUp: number;
  /** When the oldest waiting delivery was accepted. */
  readonly oldest?: number;
  readonly lastError?: string;
}
