import assert from 'node:assert/strict';
import { decode, encode, type MessageInit } from '../../src/ged188/index.js';

/**
 * A few messages written byte by byte, so that the builder of the other tests is checked against data that can be
 * compared with the guide.
 */
const bytes = (text: string): Buffer => Buffer.from(text.replace(/\/\/.*$/gm, '').replace(/\s+/g, ''), 'hex');

const SAMPLES: [what: string, version: number, message: MessageInit, frame: Buffer][] = [
  [
    'a session is opened with tags of two bytes',
    24,
    {
      type: 'OPEN_REQ',
      InvokeID: 1,
      VersionNumber: 24,
      IdleTimeout: 240,
      ServicesRequested: 0x16,
      CallMsgMask: 0x00ffffff,
      AgentStateMask: 0x3ff,
      ClientID: 'demo',
      ClientPassword: Buffer.from('pw'),
    },
    bytes(`
      0000003b 00000003   // 59 bytes of OPEN_REQ
      00000001            // InvokeID
      00000018            // VersionNumber
      000000f0            // IdleTimeout
      ffffffff            // PeripheralID: none
      00000016            // ServicesRequested
      00ffffff            // CallMsgMask
      000003ff            // AgentStateMask
      00000000            // ConfigMsgMask
      00000000 00000000 00000000
      0001 0005 64656d6f00  // ClientID
      0002 0002 7077        // ClientPassword
    `),
  ],
  [
    'a call variable is set with tags of one byte',
    15,
    {
      type: 'SET_CALL_DATA_REQ',
      InvokeID: 2,
      PeripheralID: 5000,
      ConnectionCallID: 0x01000001,
      ConnectionDeviceIDType: 0,
      ConnectionDeviceID: '2001',
      CallVariable1: 'A',
      NamedVariables: [{ VariableName: 'user.a', VariableValue: 'b' }],
    },
    bytes(`
      00000034 0000001a   // 52 bytes of SET_CALL_DATA_REQ
      00000002            // InvokeID
      00001388            // PeripheralID
      0000                // ConnectionDeviceIDType
      01000001            // ConnectionCallID
      0001 0000           // NumNamedVariables, NumNamedArrays
      ffff                // CallType: none
      0000                // CalledPartyDisposition
      00000000 00000000   // CampaignID, QueryRuleID
      19 05 3230303100    // ConnectionDeviceID
      0d 02 4100          // CallVariable1
      52 09 757365722e6100 6200  // named variable
    `),
  ],
  [
    'an agent state is told with a list',
    20,
    {
      type: 'AGENT_STATE_EVENT',
      MonitorID: 1,
      PeripheralID: 5000,
      PeripheralType: 17,
      AgentState: 3,
      SkillGroupState: 3,
      MRDID: -1,
      AgentID: '1001',
      FltSkillGroups: [{ FltSkillGroupNumber: 10, FltSkillGroupState: 3 }],
    },
    bytes(`
      00000055 0000001e   // 85 bytes of AGENT_STATE_EVENT
      00000001            // MonitorID
      00001388            // PeripheralID
      00000000            // SessionID
      0011                // PeripheralType
      0003                // SkillGroupState
      00000000            // StateDuration
      ffffffff ffffffff   // SkillGroupNumber, SkillGroupID: none
      0000                // SkillGroupPriority
      0003                // AgentState
      0000                // EventReasonCode
      ffffffff            // MRDID
      00000000            // NumTasks
      0000                // AgentMode
      00000000            // MaxTaskLimit
      00000000            // ICMAgentID
      00000000            // AgentAvailabilityStatus
      0001                // NumFltSkillGroups
      00000000            // DepartmentID
      0005 0005 3130303100  // AgentID
      003e 0004 0000000a    // FltSkillGroupNumber
      0041 0002 0003        // FltSkillGroupState
    `),
  ],
];

describe('GED-188, written by hand', () => {
  for (const [what, version, message, frame] of SAMPLES) {
    it(what, () => {
      assert.equal(encode(message, version).toString('hex'), frame.toString('hex'));
      const decoded = decode(frame, version) as unknown as Record<string, unknown>;
      for (const [key, value] of Object.entries(message)) {
        if (!Array.isArray(value)) assert.deepEqual(decoded[key], value, key);
      }
      assert.ok(encode(decoded as unknown as MessageInit, version).equals(frame));
    });
  }
});
