/** Deliveries over the admin API: the state of the queues, the last deliveries, and operations on them. */
import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { systemClock } from '../../src/common/clock.js';
import type { DeliveryState, DeliveryStore, DeliverySummary } from '../../src/delivery/index.js';
import { allDeliveriesOf, type Deliveries } from '../shared/delivery/deliveries.js';
import { asError } from '../shared/message/errors.js';

const STATES: readonly string[] = ['waiting', 'sent', 'givenUp'];
const MAX_ROWS = 200;

export function registerDeliveryRoutes(RED: NodeAPI): void {
  const all = (): readonly Deliveries[] => allDeliveriesOf(RED as never);
  const read = RED.auth.needsPermission('ctios-session.read');
  const write = RED.auth.needsPermission('ctios-session.write');

  RED.httpAdmin.get('/ctios/deliveries', read, (request, response) => {
    void answer(response, () => listOf(all(), request));
  });
  RED.httpAdmin.post('/ctios/deliveries/:id/:action', write, (request, response) => {
    void answer(response, () => {
      const place = String(request.query.place ?? '');
      const deliveries = all().find((each) => each.place === place && each.store !== undefined);
      return act(deliveries, Number(request.params.id), String(request.params.action));
    });
  });
}

async function answer(response: Response, work: () => Promise<{ status?: number; body: object }>): Promise<void> {
  try {
    const { status = 200, body } = await work();
    response.status(status).set('Cache-Control', 'no-store').json(body);
  } catch (error) {
    const { message, code } = asError(error);
    response.status(503).json({ error: message, code });
  }
}

async function listOf(all: readonly Deliveries[], { query }: Request): Promise<{ body: object }> {
  const state = String(query.state ?? '');
  const parts = await Promise.all(all.map((each) => partOf(each, state)));
  return {
    body: {
      now: systemClock.now(),
      queues: parts.flatMap(({ queues }) => queues),
      deliveries: parts.flatMap(({ deliveries }) => deliveries),
    },
  };
}

/** Deliveries stored elsewhere include the location. */
async function partOf(
  { store, queues, place }: Deliveries,
  state: string,
): Promise<{ queues: object[]; deliveries: object[] }> {
  if (store === undefined) return { queues: [], deliveries: [] };
  const where = place === '' ? {} : { place };
  const counts = await store.counts();
  return {
    queues: [...new Set([...queues.keys(), ...counts.keys()])].map((id) => ({
      id,
      name: queues.get(id)?.name ?? '',
      // Of a node that is not deployed: they wait for it.
      deployed: queues.has(id),
      ...(counts.get(id) ?? { waiting: 0, sent: 0, givenUp: 0 }),
      ...where,
    })),
    deliveries: (await rowsOf(store, state)).map((row) => ({ ...row, ...where })),
  };
}

/** Of one state; of all; or those that need attention: failed ones first, then waiting ones. */
async function rowsOf(store: DeliveryStore, state: string): Promise<readonly DeliverySummary[]> {
  const of = (each: DeliveryState) => store.list({ limit: MAX_ROWS, state: each });
  if (state === 'open') return [...(await of('givenUp')), ...(await of('waiting'))].slice(0, MAX_ROWS);
  return STATES.includes(state) ? of(state as DeliveryState) : store.list({ limit: MAX_ROWS });
}

async function act(
  deliveries: Deliveries | undefined,
  id: number,
  action: string,
): Promise<{ status?: number; body: object }> {
  const { store, queues } = deliveries ?? {};
  if (store === undefined || queues === undefined || !Number.isSafeInteger(id))
    return { status: 404, body: { error: 'There is no such delivery.' } };
  const now = systemClock.now();
  let changed: boolean;
  if (action === 'send-again') changed = await store.sendAgain(id, now);
  else if (action === 'discard') {
    changed = await store.discard(id, {
      state: 'givenUp',
      endedAt: now,
      attempts: 0,
      error: 'Discarded by a person.',
      errorCode: 'CTIOS_DELIVERY_DISCARDED',
    });
  } else return { status: 404, body: { error: `"${action}" is not one of send-again, discard.` } };
  if (!changed) return { status: 409, body: { error: 'The delivery is not in a state that allows this any more.' } };
  for (const queue of queues.values()) queue.wake();
  return { body: { id, action } };
}
