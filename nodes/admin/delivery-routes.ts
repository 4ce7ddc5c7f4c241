/** Deliveries over the admin API: how the queues stand, the last deliveries, and what a person may do to them. */
import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { systemClock } from '../../src/common/clock.js';
import type { DeliveryState, DeliveryStore, DeliverySummary } from '../../src/delivery/index.js';
import { type Deliveries, deliveriesOf } from '../shared/delivery/deliveries.js';
import { asError } from '../shared/message/errors.js';

const STATES: readonly string[] = ['waiting', 'sent', 'givenUp'];
const MAX_ROWS = 200;

export function registerDeliveryRoutes(RED: NodeAPI): void {
  const deliveries = deliveriesOf(RED as never);
  const read = RED.auth.needsPermission('ctios-session.read');
  const write = RED.auth.needsPermission('ctios-session.write');

  RED.httpAdmin.get('/ctios/deliveries', read, (request, response) => {
    void answer(response, () => listOf(deliveries, request));
  });
  RED.httpAdmin.get('/ctios/deliveries/metrics', read, (_, response) => {
    void metricsOf(deliveries).then(
      (text) => response.type('text/plain').send(text),
      (error: unknown) => response.status(503).json({ error: asError(error).message }),
    );
  });
  RED.httpAdmin.post('/ctios/deliveries/:id/:action', write, (request, response) => {
    void answer(response, () => act(deliveries, Number(request.params.id), String(request.params.action)));
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

async function listOf({ store, queues }: Deliveries, { query }: Request): Promise<{ body: object }> {
  if (store === undefined) return { body: { now: systemClock.now(), queues: [], deliveries: [] } };
  const state = String(query.state ?? '');
  const counts = await store.counts();
  const listed = await rowsOf(store, state);
  return {
    body: {
      now: systemClock.now(),
      queues: [...new Set([...queues.keys(), ...counts.keys()])].map((id) => ({
        id,
        name: queues.get(id)?.name ?? '',
        // Of a node that is not deployed: they wait for it.
        deployed: queues.has(id),
        ...(counts.get(id) ?? { waiting: 0, sent: 0, givenUp: 0 }),
      })),
      deliveries: listed,
    },
  };
}

/** Of one state; of all; or those that a person can do something about: given up first, then waiting. */
async function rowsOf(store: DeliveryStore, state: string): Promise<readonly DeliverySummary[]> {
  const of = (each: DeliveryState) => store.list({ limit: MAX_ROWS, state: each });
  if (state === 'open') return [...(await of('givenUp')), ...(await of('waiting'))].slice(0, MAX_ROWS);
  return STATES.includes(state) ? of(state as DeliveryState) : store.list({ limit: MAX_ROWS });
}

async function act(
  { store, queues }: Deliveries,
  id: number,
  action: string,
): Promise<{ status?: number; body: object }> {
  if (store === undefined || !Number.isSafeInteger(id))
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

/** In the text format of Prometheus. */
async function metricsOf({ store }: Deliveries): Promise<string> {
  const counts = store === undefined ? [] : [...(await store.counts()).entries()];
  const now = systemClock.now();
  const lines = ['# TYPE ctios_deliveries gauge'];
  for (const [queue, each] of counts) {
    for (const state of ['waiting', 'sent', 'givenUp'] as const) {
      lines.push(`ctios_deliveries{node="${queue}",state="${state}"} ${each[state]}`);
    }
  }
  lines.push('# TYPE ctios_deliveries_oldest_seconds gauge');
  for (const [queue, { oldest }] of counts) {
    if (oldest !== undefined)
      lines.push(`ctios_deliveries_oldest_seconds{node="${queue}"} ${Math.max(0, (now - oldest) / 1000)}`);
  }
  return `${lines.join('\n')}\n`;
}
