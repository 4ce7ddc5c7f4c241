import assert from 'node:assert/strict';
import { ServerAgent, ServerCall } from '../../../../src/server/model/entities.js';
import {
  type MonitoredSelection,
  supervisorMask,
} from '../../../../src/server/objects/supervision/supervisor-buttons.js';

function agentIn(state: number): ServerAgent {
  const agent = new ServerAgent(5000, '1001');
  agent.state = state;
  return agent;
}

function talking(): ServerCall {
  const call = new ServerCall({ peripheralId: 5000, callId: 7, deviceIdType: 0, deviceId: '2001' }, {});
  call.status = 3;
  return call;
}

const NOTHING: MonitoredSelection = {
  supervisor: agentIn(2),
  agent: undefined,
  call: undefined,
  bargedIn: false,
  intercepted: false,
  listening: false,
  taken: false,
  ccmBased: true,
};

const [LOGOUT, READY, BARGE_IN, INTERCEPT, CLEAR, START, STOP] = [1, 2, 4, 8, 0x10, 0x20, 0x40] as const;

describe('supervisor buttons', () => {
  const rows: [string, Partial<MonitoredSelection>, number][] = [
    ['nobody watched', {}, 0],
    ['an agent who is out', { agent: agentIn(1) }, 0],
    ['an agent in NotReady', { agent: agentIn(2) }, LOGOUT | READY],
    ['an agent in Available', { agent: agentIn(3) }, LOGOUT],
    ['an agent who talks', { agent: agentIn(4), call: talking() }, LOGOUT | BARGE_IN | START],
    [
      'an agent who talks, the supervisor not in NotReady',
      { supervisor: agentIn(3), agent: agentIn(4), call: talking() },
      LOGOUT | BARGE_IN,
    ],
    ['listening', { agent: agentIn(4), call: talking(), listening: true }, LOGOUT | CLEAR | STOP],
    ['barged in', { agent: agentIn(4), call: talking(), bargedIn: true }, LOGOUT | INTERCEPT | CLEAR],
    ['intercepted', { agent: agentIn(6), intercepted: true }, LOGOUT | CLEAR],
    ['CTI OS based, an agent at work', { agent: agentIn(3), ccmBased: false }, LOGOUT | START],
    ['CTI OS based, an agent who is out', { agent: agentIn(1), ccmBased: false }, 0],
  ];
  for (const [name, watch, expected] of rows) {
    it(`${name}: 0x${expected.toString(16)}`, () => {
      assert.equal(supervisorMask({ ...NOTHING, ...watch }), expected);
    });
  }
});
