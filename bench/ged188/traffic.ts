/** The frames that the codec is measured on: messages as large as they come, and a call's life of small ones. */
import { encode, type MessageInit } from '../../src/ged188/index.js';

export const VERSION = 24;
/** Different messages of a kind, so that nothing is measured that works for one only. */
const VARIANTS = 64;

const delivered = (i: number): MessageInit => ({
  type: 'CALL_DELIVERED_EVENT',
  MonitorID: 1,
  PeripheralID: 5000,
  PeripheralType: 17,
  ConnectionDeviceIDType: 0,
  ConnectionCallID: 16777216 + i,
  LineHandle: 1,
  LineType: 0,
  ServiceNumber: 0xffffffff,
  ServiceID: 0xffffffff,
  SkillGroupNumber: 10,
  SkillGroupID: 5001,
  SkillGroupPriority: 0,
  AlertingDeviceType: 0,
  CallingDeviceType: 1,
  CalledDeviceType: 1,
  LastRedirectDeviceType: 2,
  LocalConnectionState: 2,
  EventCause: 22,
  ConnectionDeviceID: `${2001 + i}.0`,
  AlertingDeviceID: String(2001 + i),
  CallingDeviceID: `206555${1000 + i}`,
  CalledDeviceID: '8001',
  LastRedirectDeviceID: '9001',
  TrunkNumber: i,
  TrunkGroupNumber: 3,
  SecondaryConnectionCallID: 77,
  ANI: `206555${1000 + i}`,
  ANI_II: '1',
  UserToUserInfo: Buffer.from('00112233445566'),
  DNIS: '8005551234',
  DialedNumber: '8001',
  CallerEnteredDigits: '123456',
  CallVariable1: `ACC-${10000 + i}`,
  CallVariable2: 'billing question',
  CallVariable3: 'gold',
  CallVariable4: 'en_US',
  CallVariable5: 'variable number five',
  CallVariable6: '6',
  CallVariable7: 'a longer value for variable seven',
  CallVariable8: '8',
  CallVariable9: '9',
  CallVariable10: '10',
  CallWrapupData: 'none',
  NamedVariables: [
    { VariableName: 'user.CustomerTier', VariableValue: 'Gold' },
    { VariableName: 'user.Account', VariableValue: `A-${i}` },
  ],
  NamedArrays: [{ VariableIndex: 0, VariableName: 'user.history', VariableValue: '2026-11-22' }],
});

const agentState = (i: number): MessageInit => ({
  type: 'AGENT_STATE_EVENT',
  MonitorID: 1,
  PeripheralID: 5000,
  SessionID: 7,
  PeripheralType: 17,
  SkillGroupState: 3,
  StateDuration: 12,
  SkillGroupNumber: 10,
  SkillGroupID: 5001,
  SkillGroupPriority: 0,
  AgentState: 3,
  EventReasonCode: 0,
  MRDID: 1,
  NumTasks: 0,
  AgentMode: 1,
  MaxTaskLimit: 1,
  ICMAgentID: 6000 + i,
  AgentAvailabilityStatus: 1,
  DepartmentID: 0,
  CTIClientSignature: 'CTIOSServer',
  AgentID: String(1001 + i),
  AgentExtension: String(2001 + i),
  AgentInstrument: String(2001 + i),
  Duration: 12,
  NextAgentState: 2,
  Direction: 0,
  FltSkillGroups: [0, 1].map((n) => ({
    FltSkillGroupNumber: 10 + n,
    FltSkillGroupID: 5001 + n,
    FltSkillGroupPriority: 0,
    FltSkillGroupState: 3,
  })),
});

const begin = (i: number): MessageInit => ({
  type: 'BEGIN_CALL_EVENT',
  MonitorID: 1,
  PeripheralID: 5000,
  PeripheralType: 17,
  CallType: 1,
  ConnectionDeviceIDType: 0,
  ConnectionCallID: 16777216 + i,
  CalledPartyDisposition: 0,
  ConnectionDeviceID: `${2001 + i}.0`,
  ANI: `206555${1000 + i}`,
  DNIS: '8005551234',
  DialedNumber: '8001',
  CallerEnteredDigits: '123456',
  RouterCallKeyDay: 151234,
  RouterCallKeyCallID: 100 + i,
  CallVariable1: `ACC-${10000 + i}`,
  CallVariable2: 'billing question',
  CTIClients: [{ CTIClientSignature: 'CTIOSServer', CTIClientTimestamp: 1795363200 }],
  NamedVariables: [{ VariableName: 'user.CustomerTier', VariableValue: 'Gold' }],
});

/** One call rings and is answered. About 100 bytes a message. */
const ringing = (i: number): MessageInit[] => {
  const MonitorID = 1;
  const PeripheralID = 5000;
  const PeripheralType = 17;
  const ConnectionDeviceIDType = 0;
  const ConnectionCallID = 16777216 + i;
  const device = String(2001 + i);
  const ConnectionDeviceID = `${device}.0`;
  const CallingDeviceID = `206555${1000 + i}`;
  const connection = { MonitorID, PeripheralID, PeripheralType, ConnectionDeviceIDType, ConnectionCallID };
  // Built with the same keys in the same order each time: the engine must not pay for what the codec does not do.
  return [
    shaped('CALL_DELIVERED_EVENT', connection, { ConnectionDeviceID, AlertingDeviceID: device, CallingDeviceID }),
    shaped('CALL_ESTABLISHED_EVENT', connection, { ConnectionDeviceID, AnsweringDeviceID: device, CallingDeviceID }),
  ];
};

const shaped = (type: MessageInit['type'], ...parts: readonly object[]): MessageInit => {
  const message: Record<string, unknown> = { type };
  for (const part of parts) for (const [key, value] of Object.entries(part)) message[key] = value;
  return message as unknown as MessageInit;
};

export interface Traffic {
  what: string;
  messages: MessageInit[];
  frames: Buffer[];
}

const traffic = (what: string, messages: MessageInit[]): Traffic => ({
  what,
  messages,
  frames: messages.map((message) => encode(message, VERSION)),
});

const variants = <T>(make: (i: number) => T): T[] => Array.from({ length: VARIANTS }, (_, i) => make(i));

export const TRAFFIC: readonly Traffic[] = [
  traffic('CALL_DELIVERED_EVENT, all its fields', variants(delivered)),
  traffic('AGENT_STATE_EVENT', variants(agentState)),
  traffic('BEGIN_CALL_EVENT', variants(begin)),
  traffic('a call that rings and is answered', variants(ringing).flat()),
];
