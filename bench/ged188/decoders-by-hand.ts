/**
 * Decoders as one would write them by hand for one message each, version 20 and later: the measure for the compiled
 * ones. They share no code with the product, and know less: no unknown tags, no bounds, no other versions.
 */

/** The floating part as one string; texts are slices of it. */
const floatingText = (b: Buffer, from: number): string => b.toString('latin1', from, b.length);

interface NamedVariable {
  VariableName: string;
  VariableValue: string;
}

const namedVariable = (b: Buffer, s: string, base: number, at: number, to: number): NamedVariable => {
  const end = b.indexOf(0, at);
  return { VariableName: s.slice(at - base, end - base), VariableValue: s.slice(end + 1 - base, to - 1 - base) };
};

interface NamedArray extends NamedVariable {
  VariableIndex: number;
}

const namedArray = (b: Buffer, s: string, base: number, at: number, to: number): NamedArray => {
  const end = b.indexOf(0, at + 1);
  return {
    VariableIndex: b.readUInt8(at),
    VariableName: s.slice(at + 1 - base, end - base),
    VariableValue: s.slice(end + 1 - base, to - 1 - base),
  };
};

const bytes = (b: Buffer, from: number, to: number): Buffer => Buffer.from(b.subarray(from, to));

interface FltSkillGroup {
  FltSkillGroupNumber: number | undefined;
  FltSkillGroupID: number | undefined;
  FltSkillGroupPriority: number | undefined;
  FltSkillGroupState: number | undefined;
}

interface CtiClient {
  CTIClientSignature: string | undefined;
  CTIClientTimestamp: number | undefined;
}

const callDelivered = (b: Buffer) => {
  const base = 62;
  const s = floatingText(b, base);
  let ConnectionDeviceID: string | undefined;
  let AlertingDeviceID: string | undefined;
  let CallingDeviceID: string | undefined;
  let CalledDeviceID: string | undefined;
  let LastRedirectDeviceID: string | undefined;
  let TrunkNumber: number | undefined;
  let TrunkGroupNumber: number | undefined;
  let SecondaryConnectionCallID: number | undefined;
  let ANI: string | undefined;
  let ANI_II: string | undefined;
  let UserToUserInfo: Buffer | undefined;
  let DNIS: string | undefined;
  let DialedNumber: string | undefined;
  let CallerEnteredDigits: string | undefined;
  let CallVariable1: string | undefined;
  let CallVariable2: string | undefined;
  let CallVariable3: string | undefined;
  let CallVariable4: string | undefined;
  let CallVariable5: string | undefined;
  let CallVariable6: string | undefined;
  let CallVariable7: string | undefined;
  let CallVariable8: string | undefined;
  let CallVariable9: string | undefined;
  let CallVariable10: string | undefined;
  let CallWrapupData: string | undefined;
  const NamedVariables = [];
  const NamedArrays = [];
  for (let at = base; at < b.length; ) {
    const tag = b.readUInt16BE(at);
    const from = at + 4;
    const to = from + b.readUInt16BE(at + 2);
    at = to;
    switch (tag) {
      case 25:
        ConnectionDeviceID = s.slice(from - base, to - base - 1);
        break;
      case 26:
        AlertingDeviceID = s.slice(from - base, to - base - 1);
        break;
      case 27:
        CallingDeviceID = s.slice(from - base, to - base - 1);
        break;
      case 28:
        CalledDeviceID = s.slice(from - base, to - base - 1);
        break;
      case 29:
        LastRedirectDeviceID = s.slice(from - base, to - base - 1);
        break;
      case 121:
        TrunkNumber = b.readUInt32BE(from);
        break;
      case 122:
        TrunkGroupNumber = b.readUInt32BE(from);
        break;
      case 202:
        SecondaryConnectionCallID = b.readUInt32BE(from);
        break;
      case 8:
        ANI = s.slice(from - base, to - base - 1);
        break;
      case 215:
        ANI_II = s.slice(from - base, to - base - 1);
        break;
      case 9:
        UserToUserInfo = bytes(b, from, to);
        break;
      case 10:
        DNIS = s.slice(from - base, to - base - 1);
        break;
      case 11:
        DialedNumber = s.slice(from - base, to - base - 1);
        break;
      case 12:
        CallerEnteredDigits = s.slice(from - base, to - base - 1);
        break;
      case 13:
        CallVariable1 = s.slice(from - base, to - base - 1);
        break;
      case 14:
        CallVariable2 = s.slice(from - base, to - base - 1);
        break;
      case 15:
        CallVariable3 = s.slice(from - base, to - base - 1);
        break;
      case 16:
        CallVariable4 = s.slice(from - base, to - base - 1);
        break;
      case 17:
        CallVariable5 = s.slice(from - base, to - base - 1);
        break;
      case 18:
        CallVariable6 = s.slice(from - base, to - base - 1);
        break;
      case 19:
        CallVariable7 = s.slice(from - base, to - base - 1);
        break;
      case 20:
        CallVariable8 = s.slice(from - base, to - base - 1);
        break;
      case 21:
        CallVariable9 = s.slice(from - base, to - base - 1);
        break;
      case 22:
        CallVariable10 = s.slice(from - base, to - base - 1);
        break;
      case 46:
        CallWrapupData = s.slice(from - base, to - base - 1);
        break;
      case 82:
        NamedVariables.push(namedVariable(b, s, base, from, to));
        break;
      case 83:
        NamedArrays.push(namedArray(b, s, base, from, to));
        break;
    }
  }
  return {
    type: 'CALL_DELIVERED_EVENT',
    MonitorID: b.readUInt32BE(8),
    PeripheralID: b.readUInt32BE(12),
    PeripheralType: b.readUInt16BE(16),
    ConnectionDeviceIDType: b.readUInt16BE(18),
    ConnectionCallID: b.readUInt32BE(20),
    LineHandle: b.readUInt16BE(24),
    LineType: b.readUInt16BE(26),
    ServiceNumber: b.readUInt32BE(28),
    ServiceID: b.readUInt32BE(32),
    SkillGroupNumber: b.readUInt32BE(36),
    SkillGroupID: b.readUInt32BE(40),
    SkillGroupPriority: b.readUInt16BE(44),
    AlertingDeviceType: b.readUInt16BE(46),
    CallingDeviceType: b.readUInt16BE(48),
    CalledDeviceType: b.readUInt16BE(50),
    LastRedirectDeviceType: b.readUInt16BE(52),
    LocalConnectionState: b.readUInt16BE(54),
    EventCause: b.readUInt16BE(56),
    NumNamedVariables: b.readUInt16BE(58),
    NumNamedArrays: b.readUInt16BE(60),
    ConnectionDeviceID,
    AlertingDeviceID,
    CallingDeviceID,
    CalledDeviceID,
    LastRedirectDeviceID,
    TrunkNumber,
    TrunkGroupNumber,
    SecondaryConnectionCallID,
    ANI,
    ANI_II,
    UserToUserInfo,
    DNIS,
    DialedNumber,
    CallerEnteredDigits,
    CallVariable1,
    CallVariable2,
    CallVariable3,
    CallVariable4,
    CallVariable5,
    CallVariable6,
    CallVariable7,
    CallVariable8,
    CallVariable9,
    CallVariable10,
    CallWrapupData,
    NamedVariables,
    NamedArrays,
  };
};

const agentState = (b: Buffer) => {
  const base = 70;
  const s = floatingText(b, base);
  let CTIClientSignature: string | undefined;
  let AgentID: string | undefined;
  let AgentExtension: string | undefined;
  let ActiveTerminal: string | undefined;
  let AgentInstrument: string | undefined;
  let Duration: number | undefined;
  let NextAgentState: number | undefined;
  let Direction: number | undefined;
  let MaxBeyondTaskLimit: number | undefined;
  let AgentIDLong: string | undefined;
  const FltSkillGroups: FltSkillGroup[] = [];
  let group: FltSkillGroup | undefined;
  for (let at = base; at < b.length; ) {
    const tag = b.readUInt16BE(at);
    const from = at + 4;
    const to = from + b.readUInt16BE(at + 2);
    at = to;
    switch (tag) {
      case 3:
        CTIClientSignature = s.slice(from - base, to - base - 1);
        break;
      case 5:
        AgentID = s.slice(from - base, to - base - 1);
        break;
      case 4:
        AgentExtension = s.slice(from - base, to - base - 1);
        break;
      case 303:
        ActiveTerminal = s.slice(from - base, to - base - 1);
        break;
      case 6:
        AgentInstrument = s.slice(from - base, to - base - 1);
        break;
      case 150:
        Duration = b.readUInt32BE(from);
        break;
      case 123:
        NextAgentState = b.readUInt16BE(from);
        break;
      case 244:
        Direction = b.readUInt32BE(from);
        break;
      case 266:
        MaxBeyondTaskLimit = b.readUInt32BE(from);
        break;
      case 194:
        AgentIDLong = s.slice(from - base, to - base - 1);
        break;
      case 62:
        group = {
          FltSkillGroupNumber: b.readUInt32BE(from),
          FltSkillGroupID: undefined,
          FltSkillGroupPriority: undefined,
          FltSkillGroupState: undefined,
        };
        FltSkillGroups.push(group);
        break;
      case 63:
        if (group !== undefined) group.FltSkillGroupID = b.readUInt32BE(from);
        break;
      case 64:
        if (group !== undefined) group.FltSkillGroupPriority = b.readUInt16BE(from);
        break;
      case 65:
        if (group !== undefined) group.FltSkillGroupState = b.readUInt16BE(from);
        break;
    }
  }
  return {
    type: 'AGENT_STATE_EVENT',
    MonitorID: b.readUInt32BE(8),
    PeripheralID: b.readUInt32BE(12),
    SessionID: b.readUInt32BE(16),
    PeripheralType: b.readUInt16BE(20),
    SkillGroupState: b.readUInt16BE(22),
    StateDuration: b.readUInt32BE(24),
    SkillGroupNumber: b.readUInt32BE(28),
    SkillGroupID: b.readUInt32BE(32),
    SkillGroupPriority: b.readUInt16BE(36),
    AgentState: b.readUInt16BE(38),
    EventReasonCode: b.readUInt16BE(40),
    MRDID: b.readInt32BE(42),
    NumTasks: b.readUInt32BE(46),
    AgentMode: b.readUInt16BE(50),
    MaxTaskLimit: b.readUInt32BE(52),
    ICMAgentID: b.readInt32BE(56),
    AgentAvailabilityStatus: b.readUInt32BE(60),
    NumFltSkillGroups: b.readUInt16BE(64),
    DepartmentID: b.readInt32BE(66),
    CTIClientSignature,
    AgentID,
    AgentExtension,
    ActiveTerminal,
    AgentInstrument,
    Duration,
    NextAgentState,
    Direction,
    MaxBeyondTaskLimit,
    AgentIDLong,
    FltSkillGroups,
  };
};

const beginCall = (b: Buffer) => {
  const base = 34;
  const s = floatingText(b, base);
  let ConnectionDeviceID: string | undefined;
  let ANI: string | undefined;
  let UserToUserInfo: Buffer | undefined;
  let DNIS: string | undefined;
  let DialedNumber: string | undefined;
  let CallerEnteredDigits: string | undefined;
  let RouterCallKeyDay: number | undefined;
  let RouterCallKeyCallID: number | undefined;
  let RouterCallKeySequenceNumber: number | undefined;
  let CallVariable1: string | undefined;
  let CallVariable2: string | undefined;
  let CallVariable3: string | undefined;
  let CallVariable4: string | undefined;
  let CallVariable5: string | undefined;
  let CallVariable6: string | undefined;
  let CallVariable7: string | undefined;
  let CallVariable8: string | undefined;
  let CallVariable9: string | undefined;
  let CallVariable10: string | undefined;
  let CallWrapupData: string | undefined;
  let CallReferenceID: Buffer | undefined;
  let ANI_II: string | undefined;
  const NamedVariables: NamedVariable[] = [];
  const NamedArrays: NamedArray[] = [];
  const CTIClients: CtiClient[] = [];
  let client: CtiClient | undefined;
  for (let at = base; at < b.length; ) {
    const tag = b.readUInt16BE(at);
    const from = at + 4;
    const to = from + b.readUInt16BE(at + 2);
    at = to;
    switch (tag) {
      case 25:
        ConnectionDeviceID = s.slice(from - base, to - base - 1);
        break;
      case 8:
        ANI = s.slice(from - base, to - base - 1);
        break;
      case 9:
        UserToUserInfo = bytes(b, from, to);
        break;
      case 10:
        DNIS = s.slice(from - base, to - base - 1);
        break;
      case 11:
        DialedNumber = s.slice(from - base, to - base - 1);
        break;
      case 12:
        CallerEnteredDigits = s.slice(from - base, to - base - 1);
        break;
      case 72:
        RouterCallKeyDay = b.readUInt32BE(from);
        break;
      case 73:
        RouterCallKeyCallID = b.readUInt32BE(from);
        break;
      case 110:
        RouterCallKeySequenceNumber = b.readUInt32BE(from);
        break;
      case 13:
        CallVariable1 = s.slice(from - base, to - base - 1);
        break;
      case 14:
        CallVariable2 = s.slice(from - base, to - base - 1);
        break;
      case 15:
        CallVariable3 = s.slice(from - base, to - base - 1);
        break;
      case 16:
        CallVariable4 = s.slice(from - base, to - base - 1);
        break;
      case 17:
        CallVariable5 = s.slice(from - base, to - base - 1);
        break;
      case 18:
        CallVariable6 = s.slice(from - base, to - base - 1);
        break;
      case 19:
        CallVariable7 = s.slice(from - base, to - base - 1);
        break;
      case 20:
        CallVariable8 = s.slice(from - base, to - base - 1);
        break;
      case 21:
        CallVariable9 = s.slice(from - base, to - base - 1);
        break;
      case 22:
        CallVariable10 = s.slice(from - base, to - base - 1);
        break;
      case 46:
        CallWrapupData = s.slice(from - base, to - base - 1);
        break;
      case 223:
        CallReferenceID = bytes(b, from, to);
        break;
      case 215:
        ANI_II = s.slice(from - base, to - base - 1);
        break;
      case 82:
        NamedVariables.push(namedVariable(b, s, base, from, to));
        break;
      case 83:
        NamedArrays.push(namedArray(b, s, base, from, to));
        break;
      case 23:
        client = { CTIClientSignature: s.slice(from - base, to - base - 1), CTIClientTimestamp: undefined };
        CTIClients.push(client);
        break;
      case 24:
        if (client !== undefined) client.CTIClientTimestamp = b.readUInt32BE(from);
        break;
    }
  }
  return {
    type: 'BEGIN_CALL_EVENT',
    MonitorID: b.readUInt32BE(8),
    PeripheralID: b.readUInt32BE(12),
    PeripheralType: b.readUInt16BE(16),
    NumCTIClients: b.readUInt16BE(18),
    NumNamedVariables: b.readUInt16BE(20),
    NumNamedArrays: b.readUInt16BE(22),
    CallType: b.readUInt16BE(24),
    ConnectionDeviceIDType: b.readUInt16BE(26),
    ConnectionCallID: b.readUInt32BE(28),
    CalledPartyDisposition: b.readUInt16BE(32),
    ConnectionDeviceID,
    ANI,
    UserToUserInfo,
    DNIS,
    DialedNumber,
    CallerEnteredDigits,
    RouterCallKeyDay,
    RouterCallKeyCallID,
    RouterCallKeySequenceNumber,
    CallVariable1,
    CallVariable2,
    CallVariable3,
    CallVariable4,
    CallVariable5,
    CallVariable6,
    CallVariable7,
    CallVariable8,
    CallVariable9,
    CallVariable10,
    CallWrapupData,
    CallReferenceID,
    ANI_II,
    NamedVariables,
    NamedArrays,
    CTIClients,
  };
};

const callEstablished = (b: Buffer) => {
  const base = 58;
  const s = floatingText(b, base);
  let ConnectionDeviceID: string | undefined;
  let AnsweringDeviceID: string | undefined;
  let CallingDeviceID: string | undefined;
  let CalledDeviceID: string | undefined;
  let LastRedirectDeviceID: string | undefined;
  let TrunkNumber: number | undefined;
  let TrunkGroupNumber: number | undefined;
  for (let at = base; at < b.length; ) {
    const tag = b.readUInt16BE(at);
    const from = at + 4;
    const to = from + b.readUInt16BE(at + 2);
    at = to;
    switch (tag) {
      case 25:
        ConnectionDeviceID = s.slice(from - base, to - base - 1);
        break;
      case 30:
        AnsweringDeviceID = s.slice(from - base, to - base - 1);
        break;
      case 27:
        CallingDeviceID = s.slice(from - base, to - base - 1);
        break;
      case 28:
        CalledDeviceID = s.slice(from - base, to - base - 1);
        break;
      case 29:
        LastRedirectDeviceID = s.slice(from - base, to - base - 1);
        break;
      case 121:
        TrunkNumber = b.readUInt32BE(from);
        break;
      case 122:
        TrunkGroupNumber = b.readUInt32BE(from);
        break;
    }
  }
  return {
    type: 'CALL_ESTABLISHED_EVENT',
    MonitorID: b.readUInt32BE(8),
    PeripheralID: b.readUInt32BE(12),
    PeripheralType: b.readUInt16BE(16),
    ConnectionDeviceIDType: b.readUInt16BE(18),
    ConnectionCallID: b.readUInt32BE(20),
    LineHandle: b.readUInt16BE(24),
    LineType: b.readUInt16BE(26),
    ServiceNumber: b.readUInt32BE(28),
    ServiceID: b.readUInt32BE(32),
    SkillGroupNumber: b.readUInt32BE(36),
    SkillGroupID: b.readUInt32BE(40),
    SkillGroupPriority: b.readUInt16BE(44),
    AnsweringDeviceType: b.readUInt16BE(46),
    CallingDeviceType: b.readUInt16BE(48),
    CalledDeviceType: b.readUInt16BE(50),
    LastRedirectDeviceType: b.readUInt16BE(52),
    LocalConnectionState: b.readUInt16BE(54),
    EventCause: b.readUInt16BE(56),
    ConnectionDeviceID,
    AnsweringDeviceID,
    CallingDeviceID,
    CalledDeviceID,
    LastRedirectDeviceID,
    TrunkNumber,
    TrunkGroupNumber,
  };
};

/** By the number of the message. */
export const DECODERS_BY_HAND: Readonly<Record<number, (frame: Buffer) => object>> = {
  9: callDelivered,
  10: callEstablished,
  23: beginCall,
  30: agentState,
};
