/**
 * Decoders and encoders as one would write them by hand for one message each, version 20 and later: the measure for
 * the compiled ones. They share no code with the product.
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

const namedArray = (b: Buffer, s: string, base: number, at: number, to: number) => {
  const end = b.indexOf(0, at + 1);
  return {
    VariableIndex: b.readUInt8(at),
    VariableName: s.slice(at + 1 - base, end - base),
    VariableValue: s.slice(end + 1 - base, to - 1 - base),
  };
};

const bytes = (b: Buffer, from: number, to: number): Buffer => Buffer.from(b.subarray(from, to));

export const callDelivered = (b: Buffer) => {
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
