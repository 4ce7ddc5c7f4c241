import assert from 'node:assert/strict';
import { type CilEvent, Session, webSocketConnector } from '../../src/cil/index.js';
import { systemClock } from '../../src/common/clock.js';
import { socketDial } from '../../src/common/network/net-stream.js';
import type { Connector } from '../../src/ctios/transport.js';
import { listenForWebSockets, memoryConnector, type WebSocketListener } from '../../src/server/index.js';
import { Simulator } from '../../src/simulator/index.js';
import { ServerTier } from '../support/server-tier.js';

/** A session with a record of its events, and methods to wait for them. */
class Watched {
  readonly events: CilEvent[] = [];
  readonly session: Session;
  #wake: Array<() => void> = [];

  constructor(connector: Connector) {
    this.session = new Session({ connectors: [connector] });
    this.session.subscribe('AllInOne', (event) => {
      this.events.push(event);
      for (const wake of this.#wake.splice(0)) wake();
    });
    this.session.connect();
  }

  async until(name: string, holds: (event: CilEvent) => boolean = () => true): Promise<CilEvent> {
    for (;;) {
      const found = this.events.find((event) => event.event === name && holds(event));
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  state(agent: string, state: number): Promise<CilEvent> {
    return this.until('OnAgentStateChange', (event) => event.objectId === agent && event.args.AgentState === state);
  }

  of(object: string | undefined): string[] {
    return this.events.filter((event) => event.objectId === object).map((event) => event.event);
  }
}

const AGENT = 'agent.5000.1001';
const [NOT_READY, AVAILABLE, TALKING] = [2, 3, 4];

/** The same test for each transport: the Client Interface Library behaves identically. */
for (const way of ['in memory', 'over WebSocket'] as const) {
  describe(`agent mode and monitor mode ${way}`, () => {
    let simulator: Simulator;
    let server: ServerTier;
    let listener: WebSocketListener | undefined;
    let connector: Connector;
    const watched: Watched[] = [];

    beforeEach(async () => {
      simulator = new Simulator({ agents: 3, traffic: 'off', automatic: false });
      const { host, portA, portB } = await simulator.start();
      const sides = { A: { host, port: portA }, B: { host, port: portB } };
      server = new ServerTier({ name: 'modes', clock: systemClock, dial: socketDial(), sides });
      const { clients: sessions } = server;
      const grants = { allowMonitorControl: true };
      if (way === 'in memory') connector = memoryConnector(sessions, grants);
      else {
        listener = await listenForWebSockets({ sessions, grants, port: 0 });
        connector = webSocketConnector(listener.url);
      }
      await server.start();
    });

    afterEach(async () => {
      for (const each of watched.splice(0)) await each.session.disconnect();
      const stopped = server.stop();
      await listener?.close();
      listener = undefined;
      await stopped;
      await simulator.stop();
    });

    function watch(): Watched {
      const each = new Watched(connector);
      watched.push(each);
      return each;
    }

    async function loggedIn(): Promise<Watched> {
      const desk = watch();
      const agent = await desk.session.setAgent({ AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' });
      if (agent.getAgentState() === undefined || agent.getAgentState() === 1) {
        await agent.login({ AgentID: '1001', AgentInstrument: '2001', PeripheralID: 5000 });
      }
      await agent.setAgentState({ AgentState: 'Available' });
      await desk.state(AGENT, AVAILABLE);
      return desk;
    }

    it('logs an agent in, follows a call from beginning to end, and logs the agent out', async () => {
      const desk = await loggedIn();
      simulator.run('placeCall', { from: '2065550101', to: '8001' });
      const begin = await desk.until('OnCallBegin');
      const call = desk.session.calls.get(begin.objectId!)!;
      await desk.until('OnCallDelivered');
      await call.answer();
      await desk.until('OnCallEstablished');
      await desk.state(AGENT, TALKING);
      await call.hold();
      await desk.until('OnCallHeld');
      await call.retrieve();
      await desk.until('OnCallRetrieved');
      await call.setCallData({ CallVariable1: 'changed' });
      await desk.until('OnCallDataUpdate', (event) => event.args.CallVariable1 === 'changed');
      await call.clearConnection();
      await desk.until('OnCallEnd');
      const order = desk.of(begin.objectId);
      assert.equal(order.filter((name) => name === 'OnCallBegin').length, 1);
      assert.equal(order.filter((name) => name === 'OnCallEnd').length, 1);
      assert.ok(order.includes('OnButtonEnablementChange') || desk.of(AGENT).includes('OnButtonEnablementChange'));
      const agent = desk.session.currentAgent!;
      await agent.setAgentState({ AgentState: 'NotReady' });
      await desk.state(AGENT, NOT_READY);
      await agent.logout({ EventReasonCode: 1 });
      await desk.until('OnPostLogout');
    });

    it('shows one agent on two desktops, and to a monitor', async () => {
      const monitor = watch();
      await monitor.session.setMessageFilter('');
      const [first, second] = [await loggedIn(), watch()];
      await second.session.setAgent({ AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' });
      simulator.run('placeCall', { from: '2065550102', to: '8001' });
      const begins = await Promise.all([monitor, first, second].map((each) => each.until('OnCallBegin')));
      assert.equal(new Set(begins.map((event) => event.objectId)).size, 1);
      const call = second.session.calls.get(begins[2]!.objectId!)!;
      await second.until('OnCallDelivered');
      await call.answer();
      await Promise.all([monitor, first, second].map((each) => each.until('OnCallEstablished')));
      assert.ok(!monitor.events.some((event) => event.event === 'OnButtonEnablementChange'));
    });

    it('hides the calls of one agent from another', async () => {
      const desk = await loggedIn();
      const other = watch();
      const agent = await other.session.setAgent({ AgentID: '1002', PeripheralID: 5000, AgentInstrument: '2002' });
      await agent.queryAgentState();
      simulator.run('placeCall', { from: '2065550103', to: '8001' });
      await desk.until('OnCallDelivered');
      await agent.queryAgentState();
      assert.deepEqual(
        other.events.filter((event) => event.event.startsWith('OnCall') && event.event !== 'OnCTIOSFailure'),
        [],
      );
    });

    it('lets an agent act only for itself', async () => {
      const desk = await loggedIn();
      const other = watch();
      await other.session.setAgent({ AgentID: '1002', PeripheralID: 5000, AgentInstrument: '2002' });
      simulator.run('placeCall', { from: '2065550105', to: '8001' });
      const { objectId } = await desk.until('OnCallDelivered');
      const refused = { code: 'CTIOS_NOT_ALLOWED' };
      await assert.rejects(other.session.request('Answer', { target: objectId! }), refused);
      await assert.rejects(
        other.session.request('SetAgentState', { target: AGENT, args: { AgentState: 'NotReady' } }),
        refused,
      );
      await desk.session.calls.get(objectId!)!.answer();
      await desk.until('OnCallEstablished');
    });

    it('sends a monitor the calls that match its filter, from beginning to end', async () => {
      const desk = await loggedIn();
      const monitor = watch();
      await monitor.session.setMessageFilter('MessageID=OnCallEstablished', { snapshot: false });
      simulator.run('placeCall', { from: '2065550104', to: '8001' });
      const begin = await desk.until('OnCallBegin');
      const call = desk.session.calls.get(begin.objectId!)!;
      await desk.until('OnCallDelivered');
      await call.answer();
      await desk.until('OnCallEstablished');
      await call.clearConnection();
      await monitor.until('OnCallEnd');
      const told = monitor.of(begin.objectId);
      assert.equal(told[0], 'OnSnapshotCallConf');
      assert.equal(told[1], 'OnCallEstablished');
      assert.equal(told.at(-1), 'OnCallEnd');
      assert.equal(monitor.session.calls.size, 0);
    });
  });
}
