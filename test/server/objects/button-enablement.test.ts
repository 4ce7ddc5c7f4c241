import assert from 'node:assert/strict';
import { ServerAgent, ServerCall } from '../../../src/server/model/entities.js';
import { Button, type ButtonRules, enablementMask } from '../../../src/server/objects/core/button-enablement.js';

const RULES: ButtonRules = {
  switchCapabilityMask: 0xffffffff,
  recordingEnabled: false,
  multipleConferenceControllers: true,
  unifiedCce: true,
};

type Buttons = string[];

function bits(mask: number): string[] {
  return Object.entries(Button)
    .filter(([name, bit]) => name.startsWith('ENABLE_') && (mask & (bit as number)) >>> 0 === bit)
    .map(([name]) => name.slice('ENABLE_'.length))
    .sort();
}

function agentIn(state: number, desk: { incoming?: number; outgoing?: number; mask?: number } = {}): ServerAgent {
  const agent = new ServerAgent(5000, '1001');
  agent.state = state;
  agent.direction = 1;
  agent.deskSettings = {
    DeskSettingsMask: desk.mask ?? 0,
    WrapupDataIncomingMode: desk.incoming ?? 0,
    WrapupDataOutgoingMode: desk.outgoing ?? 0,
    WorkModeTimer: 0,
  };
  return agent;
}

function callIn(status: number, CallType = 2): ServerCall {
  const call = new ServerCall({ peripheralId: 5000, callId: 7, deviceIdType: 0, deviceId: '2001' }, { CallType });
  call.status = status;
  return call;
}

const OPTIONAL = 1;
const IDLE_REASON = 8;
const LOGOUT_REASON = 16;

describe('button enablement: the agent part', () => {
  const rows: [string, ServerAgent, Buttons][] = [
    ['logged out', agentIn(1), ['LOGIN']],
    ['unknown', agentIn(9), ['LOGIN']],
    [
      'NotReady',
      agentIn(2),
      [
        'LOGOUT',
        'READY',
        'MAKECALL',
        'INSIDE_MAKECALL',
        'OUTSIDE_MAKECALL',
        'SUPERVISOR_ASSIST',
        'EMERGENCY_CALL',
        'STATISTICS',
        'CHAT',
      ],
    ],
    [
      'NotReady, where a logout needs a reason',
      agentIn(2, { mask: LOGOUT_REASON }),
      [
        'LOGOUT_WITH_REASON',
        'READY',
        'MAKECALL',
        'INSIDE_MAKECALL',
        'OUTSIDE_MAKECALL',
        'SUPERVISOR_ASSIST',
        'EMERGENCY_CALL',
        'STATISTICS',
        'CHAT',
      ],
    ],
    ['Available', agentIn(3), ['NOTREADY', 'MAKECALL', 'SUPERVISOR_ASSIST', 'EMERGENCY_CALL', 'STATISTICS', 'CHAT']],
    [
      'Available, where NotReady needs a reason',
      agentIn(3, { mask: IDLE_REASON }),
      ['NOTREADY_WITH_REASON', 'MAKECALL', 'SUPERVISOR_ASSIST', 'EMERGENCY_CALL', 'STATISTICS', 'CHAT'],
    ],
    ['Reserved', agentIn(8), ['STATISTICS', 'CHAT']],
    ['Talking, wrap-up required', agentIn(4), ['STATISTICS', 'CHAT']],
    [
      'Talking, wrap-up optional',
      agentIn(4, { incoming: OPTIONAL }),
      ['READY', 'NOTREADY', 'WORKREADY', 'WORKNOTREADY', 'STATISTICS', 'CHAT'],
    ],
    [
      'Hold, wrap-up optional',
      agentIn(10, { incoming: OPTIONAL, mask: IDLE_REASON }),
      ['READY', 'NOTREADY_WITH_REASON', 'WORKREADY', 'WORKNOTREADY', 'STATISTICS', 'CHAT'],
    ],
    ['Talking, wrap-up not allowed', agentIn(4, { incoming: 2 }), ['STATISTICS', 'CHAT']],
    ['WorkReady', agentIn(6), ['READY', 'NOTREADY', 'WRAPUP', 'STATISTICS', 'CHAT']],
    ['WorkNotReady', agentIn(5), ['READY', 'NOTREADY', 'WRAPUP', 'STATISTICS', 'CHAT']],
    ['BusyOther', agentIn(7), ['STATISTICS', 'CHAT']],
  ];
  for (const [name, agent, expected] of rows) {
    it(`${name}: ${expected.join(', ')}`, () => {
      assert.deepEqual(bits(enablementMask(agent, undefined, RULES)), [...expected].sort());
    });
  }

  it('depends on the wrap-up mode of the direction of the call', () => {
    const agent = agentIn(4, { incoming: 0, outgoing: OPTIONAL });
    assert.ok(!bits(enablementMask(agent, undefined, RULES)).includes('WORKREADY'));
    agent.direction = 2;
    assert.ok(bits(enablementMask(agent, undefined, RULES)).includes('WORKREADY'));
  });

  it('offers no supervisor assist to a supervisor', () => {
    const agent = agentIn(2);
    agent.flags = 4;
    const offered = bits(enablementMask(agent, callIn(3), RULES));
    assert.ok(!offered.includes('SUPERVISOR_ASSIST') && !offered.includes('EMERGENCY_CALL'));
  });

  it('is an unsigned number that never includes what the switch does not support', () => {
    const agent = agentIn(4, { incoming: OPTIONAL });
    assert.ok(enablementMask(agent, undefined, RULES) > 0x7fffffff);
    const sample = enablementMask(agent, callIn(3), { ...RULES, switchCapabilityMask: 0x7f3f1bff });
    assert.ok(!bits(sample).includes('WORKNOTREADY'));
    assert.ok(bits(sample).includes('WORKREADY'));
  });
});

describe('button enablement: the call part', () => {
  const ALWAYS = ['STATISTICS', 'CHAT', 'BAD_LINE_CALL'];
  const HELP = ['SUPERVISOR_ASSIST', 'EMERGENCY_CALL'];
  const CONNECT = ['HOLD', 'RELEASE', 'TRANSFER_INIT', 'SINGLE_STEP_TRANSFER', 'CONFERENCE_INIT', ...HELP];

  /** A consultation at one phone: [original, consult]. */
  function consultation(original: number, consult: number, type: number, callType = 12): [ServerCall, ServerCall] {
    const first = callIn(original);
    const second = callIn(consult, callType);
    second.consultAbout(first, type);
    return [first, second];
  }
  function conference(controller: boolean): ServerCall {
    const call = callIn(3, 15);
    call.conference = true;
    call.conferenceController = controller;
    return call;
  }

  const rows: [string, ServerCall | undefined, Buttons, Partial<ButtonRules>?][] = [
    ['no call', undefined, []],
    ['NULL', callIn(0), []],
    ['ALERTING', callIn(2), ['ANSWER', ...ALWAYS]],
    ['INITIATE', callIn(1), ['RELEASE', ...ALWAYS]],
    ['CONNECT', callIn(3), [...CONNECT, ...ALWAYS]],
    ['CONNECT, recording enabled', callIn(3), [...CONNECT, 'RECORD', ...ALWAYS], { recordingEnabled: true }],
    ['CONNECT, not Unified CCE', callIn(3), [...CONNECT, 'SINGLE_STEP_CONFERENCE', ...ALWAYS], { unifiedCce: false }],
    ['HOLD', callIn(4), ['RETRIEVE', 'RELEASE', ...HELP, ...ALWAYS]],
    ['consult leg dialling, itself', consultation(4, 1, 1)[1], ['RECONNECT', ...ALWAYS]],
    ['consult leg dialling, the original', consultation(4, 1, 1)[0], ['RECONNECT', ...ALWAYS]],
    [
      'consult leg talking, to transfer',
      consultation(4, 3, 1)[1],
      ['ALTERNATE', 'RECONNECT', 'TRANSFER_COMPLETE', ...ALWAYS],
    ],
    [
      'consult leg talking, to transfer, the original selected',
      consultation(4, 3, 1)[0],
      ['ALTERNATE', 'RECONNECT', 'TRANSFER_COMPLETE', ...ALWAYS],
    ],
    [
      'consult leg talking, to confer',
      consultation(4, 3, 2)[1],
      ['ALTERNATE', 'RECONNECT', 'CONFERENCE_COMPLETE', ...ALWAYS],
    ],
    [
      'supervisor assist talking',
      consultation(4, 3, 1, 19)[1],
      ['ALTERNATE', 'RECONNECT', 'TRANSFER_COMPLETE', 'CONFERENCE_COMPLETE', ...ALWAYS],
    ],
    [
      'emergency call talking',
      consultation(4, 3, 0, 20)[0],
      ['ALTERNATE', 'RECONNECT', 'TRANSFER_COMPLETE', 'CONFERENCE_COMPLETE', ...ALWAYS],
    ],
    ['alternated: original talking, consult held', consultation(3, 4, 1)[0], ['ALTERNATE', 'RECONNECT', ...ALWAYS]],
    [
      'alternated, not Unified CCE',
      consultation(3, 4, 1)[1],
      ['ALTERNATE', 'RECONNECT', 'TRANSFER_COMPLETE', ...ALWAYS],
      { unifiedCce: false },
    ],
    ['conference, controller', conference(true), ['HOLD', 'RELEASE', 'CONFERENCE_INIT', ...ALWAYS]],
    ['conference, other party', conference(false), ['HOLD', 'RELEASE', 'CONFERENCE_INIT', ...ALWAYS]],
    [
      'conference, other party, one controller only',
      conference(false),
      ['HOLD', 'RELEASE', ...ALWAYS],
      { multipleConferenceControllers: false },
    ],
    ['QUEUED', callIn(5), ['RELEASE', ...ALWAYS]],
    ['FAIL', callIn(6), ['RELEASE', ...ALWAYS]],
  ];
  for (const [name, call, expected, rules] of rows) {
    it(`${name}: ${expected.join(', ') || 'nothing'}`, () => {
      // Reserved enables nothing but what every call enables, too.
      const agentOnly = bits(enablementMask(agentIn(8), undefined, RULES));
      const mask = enablementMask(agentIn(8), call, { ...RULES, ...rules });
      assert.deepEqual(bits(mask), [...new Set([...agentOnly, ...expected])].sort());
    });
  }
});
