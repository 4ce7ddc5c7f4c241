/** What Prometheus reads of the deliveries of webhook nodes. */
import type { NodeAPI } from 'node-red';
import { systemClock } from '../../src/common/clock.js';
import type { DeliveryCounts } from '../../src/delivery/index.js';
import { type Family, Gauge, type Labels } from '../../src/embedded.js';
import { allDeliveriesOf, type Deliveries } from '../shared/delivery/deliveries.js';

const STATES = ['waiting', 'sent', 'givenUp'] as const;

/** One store, as it was read; without counts if it could not be. */
interface Place {
  readonly place: string;
  readonly up: boolean;
  readonly queues: readonly (readonly [Labels, DeliveryCounts])[];
}

/** Reads the open stores. A store that cannot be read is reported, and does not prevent the others from being read. */
export async function deliveryMetrics(RED: NodeAPI): Promise<Family[]> {
  const all = allDeliveriesOf(RED as never).filter(({ store }) => store !== undefined);
  const places = await Promise.all(all.map(read));
  const queues = places.flatMap((each) => each.queues);
  const now = systemClock.now();
  return [
    new Gauge('ctios_delivery_store_up', () => places.map(({ place, up }) => [{ place }, Number(up)] as const)),
    new Gauge('ctios_deliveries', () =>
      queues.flatMap(([labels, counts]) => STATES.map((state) => [{ ...labels, state }, counts[state]] as const)),
    ),
    new Gauge('ctios_deliveries_oldest_seconds', () =>
      queues.flatMap(([labels, { oldest }]) =>
        oldest === undefined ? [] : [[labels, Math.max(0, now - oldest) / 1000] as const],
      ),
    ),
  ];
}

async function read({ store, queues, place }: Deliveries): Promise<Place> {
  try {
    const counts = await store!.counts();
    const named = [...counts].map(
      ([node, each]) => [{ node, name: queues.get(node)?.name ?? '', place }, each] as const,
    );
    return { place, up: true, queues: named };
  } catch {
    return { place, up: false, queues: [] };
  }
}
