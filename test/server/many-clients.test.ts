import assert from 'node:assert/strict';
import type { CilEvent, Session } from '../../src/cil/index.js';
import { calls, lives, order } from '../recovery/honest.js';
import { Stage } from '../recovery/stage.js';
import { describeOverEachTransport } from '../support/wire.js';

/** One call from the ring to the end at agent 1001. */
async function oneCall(stage: Stage): Promise<void> {
  stage.simulator.run('setAgentState', { agent: '1001', state: 'Available' });
  stage.simulator.run('placeCall', { to: '8001', from: '2065550101' });
  await stage.run(3_000);
  stage.simulator.run('answer', { agent: '1001' });
  await stage.run(1_000);
  stage.hangUpAll();
  await stage.run(1_000);
}

const callEvents = (events: readonly CilEvent[]) =>
  events.filter(({ objectId }) => objectId?.startsWith('call.')).map(({ event, args }) => ({ event, args }));

describeOverEachTransport('many clients of one server', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = new Stage({ protocolVersion: 23 });
    await stage.open();
    for (const agent of ['1001', '1002']) {
      stage.simulator.run('loginAgent', { agent });
      stage.simulator.run('setAgentState', { agent, state: 'NotReady' });
    }
  });
  afterEach(() => stage.close());

  async function watch(session: Session, choose: () => Promise<unknown>): Promise<CilEvent[]> {
    const seen: CilEvent[] = [];
    session.subscribe('AllInOne', (event) => seen.push(event));
    await stage.run(100);
    await stage.settle(choose(), 2_000);
    return seen;
  }

  it('tells two sessions of one agent the same, each in its own order', async () => {
    const agent = { AgentID: '1001', PeripheralID: 5000, AgentInstrument: '2001' };
    const sessions = [stage.another(), stage.another()];
    const seen = [];
    for (const session of sessions) seen.push(await watch(session, () => session.setAgent(agent)));
    await oneCall(stage);
    assert.ok(callEvents(seen[0]!).some(({ event }) => event === 'OnCallEnd'));
    assert.deepEqual(callEvents(seen[0]!), callEvents(seen[1]!));
    for (const each of seen) assert.deepEqual([lives(each), order(each)], [[], []]);
    // Either may ask, and both see what comes of it.
    const [first, second] = sessions as [Session, Session];
    await stage.settle(first.request('SetAgentState', { target: 'agent.5000.1001', args: { AgentState: 3 } }), 2_000);
    assert.equal(second.agents.get('agent.5000.1001')?.properties().AgentState, 3);
    for (const session of sessions) await stage.settle(session.disconnect(), 500);
  });

  it('serves a hundred monitor sessions over one session with the CTI Server', async () => {
    const sessions = Array.from({ length: 100 }, () => stage.another());
    const seen = await Promise.all(
      sessions.map((session) => {
        const events: CilEvent[] = [];
        session.subscribe('AllInOne', (event) => events.push(event));
        return events;
      }),
    );
    await stage.run(100);
    await stage.settle(Promise.all(sessions.map((session) => session.setMessageFilter(''))), 2_000);
    await oneCall(stage);
    const expected = callEvents(seen[0]!);
    assert.ok(expected.some(({ event }) => event === 'OnCallDelivered'));
    for (const [index, events] of seen.entries()) {
      assert.deepEqual(callEvents(events), expected);
      assert.deepEqual([lives(events), order(events)], [[], []]);
      assert.deepEqual(calls({ session: sessions[index]!, simulator: stage.simulator }), []);
    }
    const upstream = stage.simulator.run('status').sides.flatMap(({ sessions: open }) => open);
    assert.equal(upstream.length, 1);
    await stage.settle(Promise.all(sessions.map((session) => session.disconnect())), 500);
  });
});
