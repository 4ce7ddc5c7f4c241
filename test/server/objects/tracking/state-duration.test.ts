import { equal } from 'node:assert/strict';
import type { MessageInit, MessageOf } from '../../../../src/ged188/index.js';
import { agentState, Center, P } from '../center.js';
import { settled } from '../scripted-link.js';

const AGENT = 'agent.5000.1001';
const NOT_READY = 2;
const AVAILABLE = 3;

/** What a client that connects now learns of the agent's state. */
function durationNow(center: Center): unknown {
  for (const { event, args } of center.server.snapshot())
    if (event === 'OnQueryAgentStateConf' && args.UniqueObjectID === AGENT) return args.StateDuration;
  throw new Error('the agent is not in the snapshot');
}

function answerState(center: Center, AgentState: number): void {
  center.link.answer(
    'QUERY_AGENT_STATE_REQ',
    (m: MessageOf<'QUERY_AGENT_STATE_REQ'>): MessageInit => ({
      type: 'QUERY_AGENT_STATE_CONF',
      AgentState,
      AgentID: m.AgentID,
      AgentInstrument: '2001',
      AgentExtension: '2001',
    }),
  );
  center.link.answer('SNAPSHOT_DEVICE_REQ', (): MessageInit => ({ type: 'SNAPSHOT_DEVICE_CONF', Calls: [] }));
}

describe('The duration of an agent state in OnQueryAgentStateConf', () => {
  it('counts from the event of the change, not from the last event about the state', async () => {
    const center = await Center.up();
    center.tell(agentState('1001', '2001', NOT_READY));
    center.clock.advance(60_000);
    center.tell(agentState('1001', '2001', NOT_READY, { EventReasonCode: 7 } as never));
    center.clock.advance(30_000);
    equal(durationNow(center), 90);
    center.tell(agentState('1001', '2001', AVAILABLE));
    center.clock.advance(5_000);
    equal(durationNow(center), 5);
  });

  it('counts what the switch reports', async () => {
    const center = await Center.up();
    center.tell(agentState('1001', '2001', NOT_READY, { StateDuration: 300 } as never));
    center.clock.advance(10_000);
    equal(durationNow(center), 310);
  });

  it('is in the answer to a query', async () => {
    const center = await Center.withAgent();
    center.clock.advance(42_000);
    answerState(center, NOT_READY);
    const { conf } = await center.request('QueryAgentState', AGENT);
    equal(conf?.args.StateDuration, 42);
  });

  it('is unknown after a query that finds another state, until the event of the change', async () => {
    const center = await Center.withAgent();
    center.clock.advance(42_000);
    answerState(center, AVAILABLE);
    const { conf } = await center.request('QueryAgentState', AGENT);
    equal(conf?.args.AgentState, AVAILABLE);
    equal(conf.args.StateDuration, undefined);
    center.tell(agentState('1001', '2001', AVAILABLE));
    center.clock.advance(3_000);
    equal(durationNow(center), 3);
  });

  it('is unknown while the link is down and after a gap, until the switch reports it or the state changes', async () => {
    const center = await Center.withAgent();
    center.clock.advance(42_000);
    answerState(center, NOT_READY);
    center.link.disconnect('reset by peer');
    equal(durationNow(center), undefined);
    center.clock.advance(7_000);
    center.link.connect('B');
    await settled();
    equal(durationNow(center), undefined);
    center.tell(agentState('1001', '2001', NOT_READY));
    equal(durationNow(center), undefined);
    center.tell(agentState('1001', '2001', NOT_READY, { EventReasonCode: 7, StateDuration: 60 } as never));
    center.clock.advance(1_000);
    equal(durationNow(center), 61);
  });

  it('is unknown from the time when the peripheral goes off-line', async () => {
    const center = await Center.withAgent();
    center.clock.advance(42_000);
    equal(durationNow(center), 42);
    center.tell({
      type: 'SYSTEM_EVENT',
      PGStatus: 0,
      SystemEventID: 4,
      SystemEventArg1: P,
    } as never);
    equal(durationNow(center), undefined);
  });
});
