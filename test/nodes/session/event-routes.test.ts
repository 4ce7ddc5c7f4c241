import assert from 'node:assert/strict';
import { compileFilter } from '../../../nodes/shared/message/filter/event-filter.js';
import { type EventReceiver, EventRoutes } from '../../../nodes/shared/session/event-routes.js';
import type { CilEvent, SessionApi } from '../../../src/cil/index.js';
import type { Args } from '../../../src/ctios/index.js';

class Listened {
  readonly listeners = new Map<string, (event: CilEvent) => void>();
  readonly session = {
    subscribe: (name: string, listener: (event: CilEvent) => void) => {
      assert.ok(!this.listeners.has(name), 'one subscription for each interface');
      this.listeners.set(name, listener);
      return () => this.listeners.delete(name);
    },
  } as unknown as SessionApi;

  happens(event: string, args: Args, call: Args = {}): void {
    const object = { recordSnapshot: { record: call, shape: undefined } };
    for (const tell of this.listeners.values()) tell({ event, args, call: object } as unknown as CilEvent);
  }
}

describe('the nodes of a session that receive an event', () => {
  let listened: Listened;
  let routes: EventRoutes;
  let received: string[];
  let failures: unknown[];

  beforeEach(() => {
    listened = new Listened();
    received = [];
    failures = [];
    routes = new EventRoutes((error) => failures.push(error));
  });

  const node = (name: string, wanted?: EventReceiver['wanted']) =>
    routes.add(listened.session, 'ICallEvents', {
      wanted,
      deliver: ({ event }) => void received.push(`${name} ${event}`),
    });
  const filter = (key: string, value: string) => compileFilter([{ key, op: 'oneOf', value }]).needed;

  it('are those that selected it by name, and those without a selection', () => {
    node('all');
    node('begins', { names: new Set(['OnCallBegin']) });
    listened.happens('OnCallBegin', {});
    listened.happens('OnCallEnd', {});
    assert.deepEqual(received, ['all OnCallBegin', 'begins OnCallBegin', 'all OnCallEnd']);
  });

  it('are those whose filter value it has, in itself or in its call', () => {
    node('8001', { needed: filter('DialedNumber', '8001') });
    node('8002', { needed: filter('DialedNumber', '8002, 8003') });
    listened.happens('OnCallBegin', { DialedNumber: '8001' });
    listened.happens('OnCallHeld', {}, { DialedNumber: '8003' });
    listened.happens('OnCallHeld', {}, { DialedNumber: '8004' });
    assert.deepEqual(received, ['8001 OnCallBegin', '8002 OnCallHeld']);
  });

  it('receive it in the order in which they registered, however they were found', () => {
    node('first', { needed: filter('DNIS', '1') });
    node('second');
    node('third', { needed: filter('ANI', '2') });
    node('fourth', { needed: filter('DNIS', '1') });
    listened.happens('OnCallBegin', { DNIS: '1', ANI: '2' });
    assert.deepEqual(
      received.map((each) => each.split(' ')[0]),
      ['first', 'second', 'third', 'fourth'],
    );
  });

  it('receive it even if another one fails', () => {
    const error = new Error('no');
    routes.add(listened.session, 'ICallEvents', {
      deliver() {
        throw error;
      },
    });
    node('good');
    listened.happens('OnCallBegin', {});
    assert.deepEqual(received, ['good OnCallBegin']);
    assert.deepEqual(failures, [error]);
  });

  it('may be added and removed; the session is listened to only while there are any', () => {
    const ends = [node('one'), node('other')];
    listened.happens('OnCallBegin', {});
    ends[0]!();
    listened.happens('OnCallEnd', {});
    ends[1]!();
    assert.equal(listened.listeners.size, 0);
    node('new');
    listened.happens('OnCallBegin', {});
    assert.deepEqual(received, ['one OnCallBegin', 'other OnCallBegin', 'other OnCallEnd', 'new OnCallBegin']);
  });

  it('cannot be indexed by a filter with a prefix, and are tested each time', () => {
    assert.equal(compileFilter([{ key: 'ANI', op: 'like', value: '206*' }]).needed, undefined);
    assert.equal(compileFilter([]).needed, undefined);
    const both = compileFilter([
      { key: 'ANI', op: 'like', value: '206*' },
      { key: 'AgentState', op: 'is', value: 'Available' },
    ]);
    assert.deepEqual(both.needed, { key: 'AgentState', texts: new Set(['3']) });
  });
});
