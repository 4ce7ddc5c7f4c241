/** A delivery: one HTTP request to be made, from the moment it is stored until it ends. */

/** The data of a delivery before it is stored. */
export interface NewDelivery {
  /** The deliveries of one queue share the credentials and limits of a destination: the id of a node. */
  readonly queue: string;
  /** Sent with every attempt so that a receiver can recognize a repeated request. */
  readonly key: string;
  /** Deliveries with the same ordering key are made strictly in sequence. */
  readonly order: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The message sent to the flow when the delivery ends, as JSON. */
  readonly message: string;
}

export type DeliveryState = 'waiting' | 'sent' | 'givenUp';

/** A stored delivery. Times are milliseconds since the epoch. */
export interface Delivery extends NewDelivery {
  readonly id: number;
  readonly state: DeliveryState;
  readonly acceptedAt: number;
  /** The start of its age: the time of acceptance, adjusted when the system clock is set. */
  readonly agesFrom: number;
  readonly nextAt: number;
  readonly attempts: number;
  readonly endedAt?: number;
  readonly status?: number;
  readonly error?: string;
  readonly errorCode?: string;
}

/** The result of an ended delivery. */
export interface DeliveryEnd {
  readonly state: 'sent' | 'givenUp';
  readonly endedAt: number;
  readonly attempts: number;
  readonly status?: number;
  readonly error?: string;
  readonly errorCode?: string;
}

/** A failed attempt that will be repeated. */
export interface DeliveryRetry {
  readonly nextAt: number;
  readonly attempts: number;
  readonly status?: number;
  readonly error: string;
  readonly errorCode: string;
}

/** The fields shown in a list of deliveries: all except the content, which may contain customer data and secrets. */
export type DeliverySummary = Omit<Delivery, 'headers' | 'body' | 'message' | 'agesFrom'>;

/** The counts of a queue. */
export interface DeliveryCounts {
  readonly waiting: number;
  readonly sent: number;
  readonly givenUp: number;
  /** When the oldest waiting delivery was accepted. */
  readonly oldest?: number;
  readonly lastError?: string;
}
