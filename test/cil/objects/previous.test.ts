import { deepEqual, equal } from 'node:assert/strict';
import { describeOverEachTransport } from '../../support/wire.js';
import { CALL, SessionHarness } from '../helpers.js';

const AGENT = 'agent.5000.1001';
const WHO = { UniqueObjectID: AGENT, PeripheralID: 5000, AgentID: '1001' };

describeOverEachTransport('The previous values of an event', () => {
  it('are available for the properties that it has changed, and for no others', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnCallBegin', { UniqueObjectID: CALL, CallStatus: 1, ANI: '1', PeripheralID: 5000 });
    equal(harness.last('OnCallBegin').previous, undefined);
    await harness.event('OnCallDelivered', { UniqueObjectID: CALL, CallStatus: 2, ANI: '1', EnablementMask: 4 });
    const begun = harness.told.find(({ event }) => event === 'OnCallBegin')!.time;
    deepEqual(harness.last('OnCallDelivered').previous, { CallStatus: 1, since: begun });
    await harness.event('OnCallDataUpdate', { UniqueObjectID: CALL, CallVariable1: 'a', ECC: { 'user.Tier': 'gold' } });
    deepEqual(harness.last('OnCallDataUpdate').previous, { CallVariable1: null, 'user.Tier': null });
    await harness.event('OnCallDataUpdate', { UniqueObjectID: CALL, CallVariable1: 'b', ECC: { 'user.Name': 'Ada' } });
    deepEqual(harness.last('OnCallDataUpdate').previous, {
      CallVariable1: 'a',
      'user.Name': null,
      'user.Tier': 'gold',
    });
    await harness.event('OnCallDataUpdate', { UniqueObjectID: CALL, CallVariable1: 'b' });
    equal(harness.last('OnCallDataUpdate').previous, undefined);
  });

  it('are the values before the event, even if they are read later', async () => {
    const harness = await new SessionHarness().monitoring();
    for (const AgentState of [3, 4, 5]) await harness.event('OnAgentStateChange', { ...WHO, AgentState });
    const changes = harness.told.filter(({ event }) => event === 'OnAgentStateChange');
    deepEqual(
      changes.map(({ previous }) => previous?.AgentState),
      [undefined, 3, 4],
    );
    deepEqual(
      changes.map(({ previous }) => previous?.since),
      [undefined, changes[0]!.time, changes[1]!.time],
    );
  });
});

describeOverEachTransport("The start time of an object's state", () => {
  const sinceOf = (harness: SessionHarness) => harness.session.agents.get(AGENT)!.stateSince!;

  it('is when the event of its change was received, or what the switch reports', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnAgentStateChange', { ...WHO, AgentState: 3 });
    const first = sinceOf(harness);
    deepEqual([first.since, first.certainSince, first.atLeast], [harness.clock.now(), harness.clock.now(), undefined]);
    await harness.advance(60_000);
    // For example another reason: the state is still the same.
    await harness.event('OnAgentStateChange', { ...WHO, AgentState: 3, StateDuration: 0 });
    deepEqual(sinceOf(harness), first);
    await harness.event('OnAgentStateChange', { ...WHO, AgentState: 4, StateDuration: 20 });
    equal(sinceOf(harness).since, harness.clock.now() - 20_000);
  });

  it('is no later than the first report of an agent who already existed', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnQueryAgentStateConf', { ...WHO, AgentState: 3 });
    equal(sinceOf(harness).atLeast, true);
    await harness.advance(10_000);
    await harness.event('OnAgentStateChange', { ...WHO, AgentState: 3, StateDuration: 300 });
    deepEqual([sinceOf(harness).atLeast, sinceOf(harness).since], [undefined, harness.clock.now() - 300_000]);
  });

  it('is certain only from the end of a gap, until the switch reports more', async () => {
    const harness = await new SessionHarness().monitoring();
    await harness.event('OnAgentStateChange', { ...WHO, AgentState: 3 });
    const began = harness.clock.now();
    await harness.advance(30_000);
    const gap = { From: new Date(began + 10_000).toISOString(), To: new Date(began + 30_000).toISOString() };
    await harness.event('OnConnectionGap', { ...gap, Reason: 'southbound' });
    deepEqual([sinceOf(harness).since, sinceOf(harness).certainSince], [began, began + 30_000]);
    await harness.advance(10_000);
    await harness.event('OnAgentStateChange', { ...WHO, AgentState: 3, StateDuration: 40 });
    deepEqual([sinceOf(harness).since, sinceOf(harness).certainSince], [began, began]);
    // The gap of a listener is not a gap of the session.
    await harness.event('OnConnectionGap', { ...gap, Reason: 'deploy' });
    equal(sinceOf(harness).certainSince, began);
  });
});
