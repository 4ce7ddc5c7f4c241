/**
 * A delivery as a row of a table: a head, which is always in memory, and the content, which is read when it is sent.
 */
import type { Delivery, DeliverySummary } from '../delivery.js';

export interface DeliveryHead extends DeliverySummary {
  readonly agesFrom: number;
  /** The flow has received its result. */
  readonly reported: boolean;
}

export type Content = Pick<Delivery, 'headers' | 'body' | 'message'>;

/** The number of a delivery is the revision of its first row, which therefore does not contain it yet. */
export function readHead(text: string, revision: number): DeliveryHead {
  return { id: revision, ...(JSON.parse(text) as Omit<DeliveryHead, 'id'>) };
}

export function readContent(text: string): Content {
  return JSON.parse(text) as Content;
}
