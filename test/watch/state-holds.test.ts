import { deepEqual, equal } from 'node:assert/strict';
import type { Args } from '../../src/ctios/index.js';
import { type Lasted, StateHolds } from '../../src/watch/index.js';
import { SessionHarness } from '../cil/helpers.js';

const AGENT = 'agent.5000.1001';
const WHO = { UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001' };
const CALL = 'call.5000.17.2001';
const NOT_READY = 2;
const AVAILABLE = 3;
const WRAP_UP = 5;

/** The state of every event must last 90 s. */
class Floor {
  readonly passed: (Lasted & { event: number })[] = [];
  readonly holds: StateHolds<number>;
  readonly end: () => void;

  constructor(readonly harness: SessionHarness) {
    this.holds = new StateHolds(harness.session, harness.clock, 90_000);
    harness.session.subscribe('AllInOne', ({ event, objectId, agent, call, sequence }) => {
      const object = objectId?.startsWith('agent.') ? agent : call;
      if (objectId !== undefined && object !== undefined && event !== 'OnCallEnd')
        this.holds.add(objectId, object, sequence);
    });
    this.end = this.listen();
  }

  static async open(sides: 1 | 2 = 1): Promise<Floor> {
    return new Floor(await new SessionHarness(sides).monitoring());
  }

  listen(): () => void {
    return this.holds.attach((event, lasted) => this.passed.push({ event, ...lasted }));
  }

  state(AgentState: number, more: Args = {}): Promise<void> {
    return this.harness.event('OnAgentStateChange', { ...WHO, AgentState, ...more });
  }

  /** The durations that were reported, in seconds. */
  get seconds(): number[] {
    return this.passed.map(({ seconds }) => seconds);
  }
}

describe('A state that must last', () => {
  it('is reported after its duration, once, however many events occur in it', async () => {
    const floor = await Floor.open();
    await floor.state(WRAP_UP);
    const began = floor.harness.clock.now();
    await floor.harness.advance(50_000);
    await floor.state(WRAP_UP, { EventReasonCode: 7 });
    await floor.harness.advance(39_999);
    deepEqual(floor.passed, []);
    equal(floor.holds.pending, 1);
    await floor.harness.advance(1);
    deepEqual(
      floor.passed.map(({ since, seconds, atLeast }) => ({ since, seconds, atLeast })),
      [{ since: began, seconds: 90, atLeast: undefined }],
    );
    equal(floor.holds.pending, 0);
    await floor.harness.advance(90_000);
    await floor.state(WRAP_UP, { EventReasonCode: 8 });
    equal(floor.passed.length, 1);
  });

  it('is not reported if it is left, and starts again if it is entered again', async () => {
    const floor = await Floor.open();
    await floor.state(WRAP_UP);
    await floor.harness.advance(60_000);
    await floor.state(AVAILABLE);
    await floor.harness.advance(10_000);
    await floor.state(WRAP_UP);
    await floor.harness.advance(89_999);
    deepEqual(floor.passed, []);
    await floor.harness.advance(1);
    deepEqual(floor.seconds, [90]);
  });

  it('counts from the time reported by the switch', async () => {
    const floor = await Floor.open();
    await floor.state(WRAP_UP, { StateDuration: 80 });
    await floor.harness.advance(10_000);
    deepEqual(floor.seconds, [90]);
    await floor.state(NOT_READY, { StateDuration: 300 });
    deepEqual(floor.seconds, [90, 300]);
  });

  it('of a call ends with the call', async () => {
    const floor = await Floor.open();
    await floor.harness.event('OnCallHeld', { UniqueObjectID: CALL, CallStatus: 4 });
    await floor.harness.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 4 });
    await floor.harness.event('OnCallEnd', { UniqueObjectID: CALL, CallStatus: 0 });
    await floor.harness.advance(200_000);
    deepEqual(floor.passed, []);
    equal(floor.holds.pending, 0);
  });

  it('waits for a listener', async () => {
    const floor = await Floor.open();
    await floor.state(WRAP_UP);
    floor.end();
    await floor.harness.advance(100_000);
    deepEqual(floor.passed, []);
    floor.listen();
    deepEqual(floor.seconds, [100]);
  });
});

describe('A state that must last, when the link is lost', () => {
  it('is not reported while the state is unknown, and then counts from the end of the gap', async () => {
    const floor = await Floor.open(2);
    const { harness } = floor;
    await floor.state(WRAP_UP);
    await harness.advance(80_000);
    harness.b.establishModes([{ event: 'OnQueryAgentStateConf', args: { ...WHO, AgentState: WRAP_UP } }]);
    harness.a.connection.break(new Error('cable pulled'));
    await harness.settle();
    await harness.settle();
    const back = harness.clock.now();
    await harness.advance(89_999);
    deepEqual(floor.passed, []);
    await harness.advance(1);
    deepEqual(
      floor.passed.map(({ since, seconds, atLeast }) => ({ since, seconds, atLeast })),
      [{ since: back, seconds: 90, atLeast: true }],
    );
  });

  it('counts from the time reported by the switch after the gap', async () => {
    const floor = await Floor.open(2);
    const { harness } = floor;
    await floor.state(WRAP_UP);
    await harness.advance(60_000);
    harness.b.establishModes([{ event: 'OnQueryAgentStateConf', args: { ...WHO, AgentState: WRAP_UP } }]);
    harness.a.connection.break(new Error('cable pulled'));
    await harness.settle();
    await harness.settle();
    await harness.advance(10_000);
    harness.b.connection.event('OnAgentStateChange', { ...WHO, AgentState: WRAP_UP, StateDuration: 70 });
    await harness.settle();
    await harness.advance(20_000);
    deepEqual(
      floor.passed.map(({ seconds, atLeast }) => ({ seconds, atLeast })),
      [{ seconds: 90, atLeast: undefined }],
    );
  });

  it('has not lasted if the agent is found in another one', async () => {
    const floor = await Floor.open(2);
    const { harness } = floor;
    await floor.state(WRAP_UP);
    await harness.advance(80_000);
    harness.b.establishModes([{ event: 'OnQueryAgentStateConf', args: { ...WHO, AgentState: AVAILABLE } }]);
    harness.a.connection.break(new Error('cable pulled'));
    await harness.settle();
    await harness.settle();
    await harness.advance(60_000);
    deepEqual(floor.passed, []);
  });

  it('is decided only when the link is restored, however long it takes', async () => {
    const floor = await Floor.open(2);
    const { harness } = floor;
    await floor.state(WRAP_UP);
    await harness.advance(80_000);
    harness.a.behaviour = 'refuse';
    harness.b.behaviour = 'refuse';
    harness.a.connection.break(new Error('cable pulled'));
    await harness.settle();
    await harness.advance(100_000);
    deepEqual(floor.passed, []);
    equal(floor.holds.pending, 1);
  });

  it('starts again if it was left and entered without an event that the node has selected', async () => {
    const { harness } = await Floor.open();
    const passed: number[] = [];
    const holds = new StateHolds<number>(harness.session, harness.clock, 90_000);
    holds.attach((item) => passed.push(item));
    const enter = (AgentState: number) => harness.event('OnAgentStateChange', { ...WHO, AgentState });
    await enter(WRAP_UP);
    holds.add(AGENT, harness.session.agents.get(AGENT)!, 1);
    await harness.advance(60_000);
    await enter(AVAILABLE);
    await enter(WRAP_UP);
    await harness.advance(60_000);
    deepEqual(passed, []);
  });
});
