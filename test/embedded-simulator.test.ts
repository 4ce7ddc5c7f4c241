import assert from 'node:assert/strict';
import { type CilEvent, Session } from '../src/cil/index.js';
import { acquireServer, type ServerHandle, simulatorCommands } from '../src/embedded.js';

/** Across all three tiers, over real sockets, without fakes. */
describe('a session on the simulated contact center of this process', () => {
  let handle: ServerHandle;
  let session: Session;
  const events: CilEvent[] = [];
  let wake = () => {};

  async function until(holds: (event: CilEvent) => boolean): Promise<CilEvent> {
    for (;;) {
      const found = events.find(holds);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  before(async () => {
    handle = acquireServer({ kind: 'simulator', agents: 4, traffic: 'off', seed: 3 });
    await handle.ready;
    session = new Session({ connectors: [handle.connector()] });
    session.subscribe('AllInOne', (event) => {
      events.push(event);
      wake();
    });
    session.connect();
    await session.setMessageFilter('');
  });

  after(async () => {
    await session.disconnect();
    await handle.release();
  });

  it('sees the agents', async () => {
    await until((event) => event.args.AgentID === '1004');
    assert.ok(session.agents.has('agent.5000.1001'));
  });

  it('sees a call begin at an agent and be answered', async () => {
    handle.simulator?.run('placeCall', { from: '2065550101', to: '8001' });
    const begin = await until((event) => event.event === 'OnCallBegin');
    assert.equal(begin.args.ANI, '2065550101');
    await until((event) => event.event === 'OnCallEstablished' && event.objectId === begin.objectId);
    const order = events.filter((event) => event.objectId === begin.objectId).map((event) => event.event);
    assert.equal(order[0], 'OnCallBegin');
    assert.ok(order.indexOf('OnCallDelivered') < order.indexOf('OnCallEstablished'));
  });

  it("changes an agent's state", async () => {
    const agent = 'agent.5000.1002';
    await until((event) => event.objectId === agent);
    const { event } = await session.request('SetAgentState', { target: agent, args: { AgentState: 'NotReady' } });
    assert.equal(event, 'OnSetAgentStateConf');
    const changed = await until(
      (each) => each.event === 'OnAgentStateChange' && each.objectId === agent && each.args.AgentState === 2,
    );
    assert.equal(changed.agent?.properties().AgentState, 2);
  });

  it('is rejected with a message if the switch refuses', async () => {
    await assert.rejects(
      session.request('MakeCall', { target: 'agent.5000.9999', args: { DialedNumber: '8001' } }),
      (error: { code?: string; cause?: { outcome?: string; request?: string } }) => {
        assert.ok(error.code);
        assert.equal(error.cause?.outcome, 'failed');
        assert.equal(error.cause?.request, 'MakeCall');
        return true;
      },
    );
  });

  it('sends the reasons and wrap-up texts of the contact center to an agent who connects', async () => {
    const desk = new Session({ connectors: [handle.connector()] });
    try {
      const told = new Promise<void>((resolve) => {
        desk.subscribe('IAgentEvents', ({ event }) => {
          if (event === 'OnAgentDeskSettingsConf') resolve();
        });
      });
      desk.connect();
      const agent = await desk.setAgent({ AgentID: '1003', PeripheralID: 5000 });
      await told;
      const { NotReadyReasonCodes, LogoutReasonCodes, IncomingWrapupStrings } = agent.properties();
      assert.deepEqual(NotReadyReasonCodes, handle.site?.notReadyReasonCodes);
      assert.deepEqual(LogoutReasonCodes, handle.site?.logoutReasonCodes);
      assert.deepEqual(Object.values(IncomingWrapupStrings ?? {}), handle.site?.incomingWrapupStrings);
    } finally {
      await desk.disconnect();
    }
  });

  it('supports the commands of the simulated contact center', () => {
    assert.ok('placeCall' in simulatorCommands);
    assert.throws(() => handle.simulator?.run('fly'), /fly/);
  });
});
