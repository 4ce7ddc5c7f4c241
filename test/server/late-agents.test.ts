/** Sites where agent events arrive later than the calls they concern. */
import assert from 'node:assert/strict';
import { TestBed } from '../support/test-bed.js';

describe('an agent who logs in at a ringing phone', () => {
  it('receives the call with the response that shows where the agent is, before any event of the call', async () => {
    const bed = new TestBed({ profile: 'real-site' });
    await bed.open();
    bed.simulator.run('loginAgent', { agent: '1002' });
    bed.simulator.run('setAgentState', { agent: '1002', state: 'NotReady' });
    await bed.run(2_000);
    const agent = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' };
    await bed.settle(bed.session.setAgent(agent), 2_000);
    bed.simulator.run('makeCall', { agent: '1002', to: '2001' });
    await bed.run(100);
    const before = bed.events.length;
    const login = bed.session.request('Login', { target: 'agent.5000.1001', args: agent });
    await bed.settle(login, 5);
    const told = bed.events.slice(before).map(({ event }) => event);
    assert.ok(told.includes('OnQueryAgentStateConf'), told.join());
    assert.ok(!told.includes('OnAgentStateChange'), 'the event is late');
    assert.ok(told.includes('OnSnapshotCallConf'), told.join());
    bed.simulator.run('answer', { agent: '1001' });
    await bed.run(1_000);
    assert.deepEqual(
      bed.events.filter(({ objectId }) => objectId?.startsWith('call.')).map(({ event }) => event)[0],
      'OnSnapshotCallConf',
    );
    await bed.close();
  });
});
