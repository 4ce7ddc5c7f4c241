import assert from 'node:assert/strict';
import type { CilEvent, Session } from '../../src/cil/index.js';
import { calls, lives, order } from '../recovery/honest.js';
import { TestBed } from '../support/test-bed.js';
import { describeOverEachTransport } from '../support/wire.js';

/** One call at agent 1001, from ringing to its end. */
async function oneCall(bed: TestBed): Promise<void> {
  bed.simulator.run('setAgentState', { agent: '1001', state: 'Available' });
  bed.simulator.run('placeCall', { to: '8001', from: '2065550101' });
  await bed.run(3_000);
  bed.simulator.run('answer', { agent: '1001' });
  await bed.run(1_000);
  bed.hangUpAll();
  await bed.run(1_000);
}

const callEvents = (events: readonly CilEvent[]) =>
  events.filter(({ objectId }) => objectId?.startsWith('call.')).map(({ event, args }) => ({ event, args }));

describeOverEachTransport('many clients of one server', () => {
  let bed: TestBed;
  beforeEach(async () => {
    bed = new TestBed({ protocolVersion: 23 });
    await bed.open();
    for (const agent of ['1001', '1002']) {
      bed.simulator.run('loginAgent', { agent });
      bed.simulator.run('setAgentState', { agent, state: 'NotReady' });
    }
  });
  afterEach(() => bed.close());

  async function watch(session: Session, choose: () => Promise<unknown>): Promise<CilEvent[]> {
    const seen: CilEvent[] = [];
    session.subscribe('AllInOne', (event) => seen.push(event));
    await bed.run(100);
    await bed.settle(choose(), 2_000);
    return seen;
  }

  it('receives the same events in two sessions of one agent, each in its own order', async () => {
    const agent = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' };
    const sessions = [bed.another(), bed.another()];
    const seen = [];
    for (const session of sessions) seen.push(await watch(session, () => session.setAgent(agent)));
    await oneCall(bed);
    assert.ok(callEvents(seen[0]!).some(({ event }) => event === 'OnCallEnd'));
    assert.deepEqual(callEvents(seen[0]!), callEvents(seen[1]!));
    for (const each of seen) assert.deepEqual([lives(each), order(each)], [[], []]);
    // Either may send requests, and both receive the results.
    const [first, second] = sessions as [Session, Session];
    await bed.settle(first.request('SetAgentState', { target: 'agent.5000.1001', args: { AgentState: 3 } }), 2_000);
    assert.equal(second.agents.get('agent.5000.1001')?.properties().AgentState, 3);
    for (const session of sessions) await bed.settle(session.disconnect(), 500);
  });

  it('are served in a hundred monitor sessions over one session with the CTI Server', async () => {
    const sessions = Array.from({ length: 100 }, () => bed.another());
    const seen = await Promise.all(
      sessions.map((session) => {
        const events: CilEvent[] = [];
        session.subscribe('AllInOne', (event) => events.push(event));
        return events;
      }),
    );
    await bed.run(100);
    await bed.settle(Promise.all(sessions.map((session) => session.setMessageFilter(''))), 2_000);
    await oneCall(bed);
    const expected = callEvents(seen[0]!);
    assert.ok(expected.some(({ event }) => event === 'OnCallDelivered'));
    for (const [index, events] of seen.entries()) {
      assert.deepEqual(callEvents(events), expected);
      assert.deepEqual([lives(events), order(events)], [[], []]);
      assert.deepEqual(calls({ session: sessions[index]!, simulator: bed.simulator }), []);
    }
    const upstream = bed.simulator.run('status').sides.flatMap(({ sessions: open }) => open);
    assert.equal(upstream.length, 1);
    await bed.settle(Promise.all(sessions.map((session) => session.disconnect())), 500);
  });
});
