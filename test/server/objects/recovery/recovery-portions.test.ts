/**
 * Thousands of calls that ended while the link was down are reported in portions, so that other work can run in
 * between.
 */
import assert from 'node:assert/strict';
import type { MessageOf } from '../../../../src/ged188/index.js';
import { agentState, begin, Center, delivered, end } from '../center.js';
import { settled } from '../scripted-link.js';

const STALE = 3_500;
const PORTION = 1_000;

/** This number of calls rings at 1001's phone; then the link is lost, and after it is restored the phone is empty. */
async function withStaleCalls(settings = {}): Promise<Center> {
  const center = await Center.up(settings);
  center.tell(agentState('1001', '2001', 2), agentState('1002', '2002', 3));
  for (let call = 1; call <= STALE; call++) center.tell(begin(call, '2001'));
  center.link.answer('QUERY_AGENT_STATE_REQ', ({ AgentID }: MessageOf<'QUERY_AGENT_STATE_REQ'>) => ({
    type: 'QUERY_AGENT_STATE_CONF',
    AgentState: 3,
    AgentID,
    AgentInstrument: AgentID === '1001' ? '2001' : '2002',
  }));
  center.link.answer('SNAPSHOT_DEVICE_REQ', { type: 'SNAPSHOT_DEVICE_CONF', Calls: [] });
  center.link.answer('SNAPSHOT_CALL_REQ', { type: 'CONTROL_FAILURE_CONF', FailureCode: 11, PeripheralErrorCode: 0 });
  center.published.length = 0;
  center.link.disconnect('reset by peer');
  center.link.connect('B');
  await settled();
  return center;
}

const ended = (center: Center): number => center.names().filter((event) => event === 'OnCallEnd').length;
const gaps = (center: Center) => center.published.filter(({ event }) => event === 'OnConnectionGap');

async function toTheEnd(center: Center): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    center.clock.advance(0);
    await settled();
  }
}

describe('many stale calls', () => {
  it('end in portions, each once; what arrives meanwhile waits for the gap', async () => {
    const center = await withStaleCalls();
    assert.ok(ended(center) > 0 && ended(center) <= PORTION, `${ended(center)} in the first turn`);
    center.tell(begin(9_001, '2002'), delivered(9_001, '2002'));
    assert.ok(!center.names().includes('OnCallBegin'));
    let before = ended(center);
    // An unrelated timer runs between any two portions.
    const portions: number[] = [];
    while (gaps(center).length === 0) {
      await new Promise<void>((resolve) => {
        center.clock.after(0, resolve);
        center.clock.step();
        center.clock.step();
      });
      await settled();
      portions.push(ended(center) - before);
      before = ended(center);
    }
    assert.ok(portions.length >= 3 && portions.every((each) => each <= PORTION), portions.join());
    assert.equal(ended(center), STALE);
    const of = new Set(
      center.published.filter(({ event }) => event === 'OnCallEnd').map(({ args }) => args.UniqueObjectID),
    );
    assert.equal(of.size, STALE);
    assert.equal(gaps(center)[0]?.args.CallsEnded, STALE);
    assert.ok(center.names().indexOf('OnConnectionGap') < center.names().indexOf('OnCallBegin'));
    assert.ok(center.names().includes('OnCallDelivered'));
  });

  it('have all ended before the link is lost again', async () => {
    const center = await withStaleCalls();
    center.link.disconnect('again');
    assert.equal(ended(center), STALE);
    assert.deepEqual(
      gaps(center).map(({ args }) => [args.Reason, args.CallsEnded]),
      [['reset by peer', STALE]],
    );
    center.link.connect('A');
    await toTheEnd(center);
    assert.deepEqual(
      gaps(center).map(({ args }) => [args.Reason, args.CallsEnded]),
      [
        ['reset by peer', STALE],
        ['again', 0],
      ],
    );
    assert.equal(ended(center), STALE);
  });

  it('have all ended before the limit of held events is exceeded', async () => {
    const center = await withStaleCalls({ snapshotHold: 2 });
    center.tell(begin(9_001, '2002'), delivered(9_001, '2002'), end(9_001, '2002'));
    assert.equal(gaps(center)[0]?.args.CallsEnded, STALE);
    assert.equal(gaps(center)[0]?.args.EventsBeforeSnapshot, undefined);
    assert.equal(ended(center), STALE + 1);
    assert.deepEqual(
      center.published.filter(({ args }) => args.UniqueObjectID === 'call.5000.9001.2002').map(({ event }) => event),
      ['OnCallBegin', 'OnCallDelivered', 'OnCallEnd'],
    );
    await toTheEnd(center);
    assert.equal(gaps(center).length, 1);
  });

  it('delay a partial snapshot', async () => {
    const center = await withStaleCalls();
    center.tell({
      type: 'AGENT_TEAM_CONFIG_EVENT',
      PeripheralID: 5000,
      TeamID: 1,
      ConfigOperation: 1,
      TeamMembers: [{ AtcAgentID: '1003', AgentFlags: 0, AtcAgentState: 2, AtcStateDuration: 0 }],
    });
    await settled();
    assert.ok(ended(center) < STALE);
    await toTheEnd(center);
    assert.equal(ended(center), STALE);
    const order = center.names();
    const asked = center.published.findIndex(
      ({ event, args }) => event === 'OnQueryAgentStateConf' && args.AgentID === '1003',
    );
    assert.ok(asked > order.indexOf('OnConnectionGap'), `${asked}`);
  });
});
