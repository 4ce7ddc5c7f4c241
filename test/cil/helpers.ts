/** A session with its fake servers, and a record of its events. */

import { type CilEvent, Session, type SessionOptions } from '../../src/cil/index.js';
import { VirtualClock } from '../../src/common/virtual-clock.js';
import type { Args, Connector } from '../../src/ctios/index.js';
import { transport } from '../support/wire.js';
import { FakeServer, settle } from './fake-server.js';

export class SessionHarness {
  readonly clock = new VirtualClock();
  readonly a = new FakeServer(this.clock, 'server-a');
  readonly b = new FakeServer(this.clock, 'server-b');
  readonly session: Session;
  readonly told: CilEvent[] = [];
  readonly errors: unknown[] = [];

  /** @param sides 1: only server A; 2: both, A first */
  constructor(sides: 1 | 2 = 1, options: Partial<SessionOptions> = {}) {
    const connectors: readonly [Connector] | readonly [Connector, Connector] =
      sides === 1 ? [this.a.connector] : [this.a.connector, this.b.connector];
    this.session = new Session({
      connectors,
      clock: this.clock,
      random: { next: () => 0 },
      heartbeatMs: 5_000,
      ...options,
    });
    this.session.subscribe('AllInOne', (event) => this.told.push(event));
    this.session.onError((error) => this.errors.push(error));
  }

  /** Names of the events since the last call. */
  names(): string[] {
    return this.told.splice(0).map((each) => each.event);
  }

  /** The last event of a name. */
  last(name: string): CilEvent {
    const event = this.told.findLast((each) => each.event === name);
    if (event === undefined) throw new Error(`${name} was not told, but ${this.told.map((each) => each.event)}`);
    return event;
  }

  settle(): Promise<void> {
    return settle(this.clock);
  }

  async advance(ms: number): Promise<void> {
    const { clock } = this;
    const until = clock.now() + ms;
    // Over a real network, messages sent by one timer must arrive before the next one runs.
    while (transport() === 'over WebSocket' && clock.next !== undefined && clock.next <= until) {
      clock.advance(clock.next - clock.now());
      await this.settle();
    }
    clock.advance(until - clock.now());
    await this.settle();
  }

  async connected(): Promise<this> {
    this.session.connect();
    await this.settle();
    return this;
  }

  async monitoring(filter = ''): Promise<this> {
    await this.connected();
    const mode = this.session.setMessageFilter(filter);
    await this.settle();
    await mode;
    this.names();
    return this;
  }

  async working(args: Args = {}): Promise<this> {
    await this.connected();
    const agent = this.session.setAgent({ AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001', ...args });
    await this.settle();
    await agent;
    this.names();
    return this;
  }

  async event(event: string, args: Args): Promise<void> {
    this.a.connection.event(event, args);
    await this.settle();
  }
}

export const CALL = 'call.5000.17.2001';
export const CALL2 = 'call.5000.18.2001';
