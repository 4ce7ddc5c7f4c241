/** Sites where agent events come later than what they are about. */
import assert from 'node:assert/strict';
import { Stage } from '../recovery/stage.js';

describe('an agent who logs in at a phone that rings', () => {
  it('is told of the call with the answer that says where the agent sits, before any event of the call', async () => {
    const stage = new Stage({ profile: 'real-site' });
    await stage.open();
    stage.simulator.run('loginAgent', { agent: '1002' });
    stage.simulator.run('setAgentState', { agent: '1002', state: 'NotReady' });
    await stage.run(2_000);
    const agent = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' };
    await stage.settle(stage.session.setAgent(agent), 2_000);
    stage.simulator.run('makeCall', { agent: '1002', to: '2001' });
    await stage.run(100);
    const before = stage.events.length;
    const login = stage.session.request('Login', { target: 'agent.5000.1001', args: agent });
    await stage.settle(login, 5);
    const told = stage.events.slice(before).map(({ event }) => event);
    assert.ok(told.includes('OnQueryAgentStateConf'), told.join());
    assert.ok(!told.includes('OnAgentStateChange'), 'the event is late');
    assert.ok(told.includes('OnSnapshotCallConf'), told.join());
    stage.simulator.run('answer', { agent: '1001' });
    await stage.run(1_000);
    assert.deepEqual(
      stage.events.filter(({ objectId }) => objectId?.startsWith('call.')).map(({ event }) => event)[0],
      'OnSnapshotCallConf',
    );
    await stage.close();
  });
});
