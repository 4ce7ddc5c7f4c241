/** Deliveries in the admin API: listed without their content, counted, resent, discarded. */
import assert from 'node:assert/strict';
import { registerDeliveryRoutes } from '../../../nodes/admin/delivery-routes.js';
import { deliveriesOf, deliveryStores } from '../../../nodes/shared/delivery/deliveries.js';
import { delivery, openStore, storePath } from '../../delivery/helpers.js';

type Handler = (request: never, response: never) => void;

/** Calls the routes the way Express does. */
class Routes {
  readonly handlers = new Map<string, Handler>();
  readonly RED = {
    events: {},
    settings: { userDir: storePath() },
    log: { warn: () => {} },
    auth: { needsPermission: (name: string) => name },
    httpAdmin: {
      get: (path: string, permission: string, handler: Handler) =>
        this.handlers.set(`GET ${path} ${permission}`, handler),
      post: (path: string, permission: string, handler: Handler) =>
        this.handlers.set(`POST ${path} ${permission}`, handler),
    },
  };

  call(route: string, request: object): Promise<{ status: number; body: unknown }> {
    return new Promise((resolve) => {
      let status = 200;
      const response = {
        status: (code: number) => {
          status = code;
          return response;
        },
        set: () => response,
        type: () => response,
        json: (body: unknown) => resolve({ status, body }),
        send: (body: unknown) => resolve({ status, body }),
      };
      this.handlers.get(route)!({ query: {}, params: {}, ...request } as never, response as never);
    });
  }
}

const LIST = 'GET /ctios/deliveries ctios-session.read';
const ACT = 'POST /ctios/deliveries/:id/:action ctios-session.write';

describe('the admin routes of deliveries', () => {
  it('list, count, resend and discard', async () => {
    const routes = new Routes();
    const store = openStore();
    const real = deliveryStores.open;
    deliveryStores.open = () => () => store;
    try {
      registerDeliveryRoutes(routes.RED as never);
      const { now: _, ...nothing } = (await routes.call(LIST, {})).body as Record<string, unknown>;
      assert.deepEqual(nothing, { queues: [], deliveries: [] });
      const deliveries = deliveriesOf(routes.RED as never);
      await deliveries.acquire();
      const id = await store.accept(delivery(), 1);

      const { body } = (await routes.call(LIST, {})) as {
        body: { queues: { waiting: number; deployed: boolean }[]; deliveries: object[] };
      };
      assert.deepEqual([body.queues[0]?.waiting, body.queues[0]?.deployed], [1, false]);
      assert.doesNotMatch(JSON.stringify(body.deliveries), /body|headers|"message"/);

      const act = async (action: string, of: unknown = id) =>
        (await routes.call(ACT, { params: { id: String(of), action } })).status;
      assert.equal(await act('send-again'), 409, 'it waits');
      assert.equal(await act('discard'), 200);
      assert.equal(await act('discard'), 409);
      const [given] = await store.list({ state: 'givenUp' });
      assert.equal(given?.errorCode, 'CTIOS_DELIVERY_DISCARDED');
      assert.equal(await act('send-again'), 200);
      assert.equal(await store.waiting('q1'), 1);
      assert.equal(await act('explode'), 404);
      assert.equal(await act('discard', 'x'), 404);
      await deliveries.release();
    } finally {
      deliveryStores.open = real;
    }
  });
});
