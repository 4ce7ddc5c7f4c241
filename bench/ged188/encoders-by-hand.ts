/**
 * Encoders as one would write them by hand for one message each, version 20 and later: the measure for the compiled
 * ones. They share no code with the product, and know less: no limits, no ranges, no charset, no other versions.
 */
import type { MessageInit, MessageInitOf } from '../../src/ged188/index.js';

const b = Buffer.allocUnsafeSlow(12500);

const text = (at: number, tag: number, value: string): number => {
  const { length } = value;
  b.writeUInt16BE(tag, at);
  b.writeUInt16BE(length + 1, at + 2);
  b.write(value, at + 4, 'latin1');
  b[at + 4 + length] = 0;
  return at + 5 + length;
};

const bytes = (at: number, tag: number, value: Uint8Array): number => {
  b.writeUInt16BE(tag, at);
  b.writeUInt16BE(value.length, at + 2);
  b.set(value, at + 4);
  return at + 4 + value.length;
};

const uint = (at: number, tag: number, value: number): number => {
  b.writeUInt16BE(tag, at);
  b.writeUInt16BE(4, at + 2);
  b.writeUInt32BE(value, at + 4);
  return at + 8;
};

const ushort = (at: number, tag: number, value: number): number => {
  b.writeUInt16BE(tag, at);
  b.writeUInt16BE(2, at + 2);
  b.writeUInt16BE(value, at + 4);
  return at + 6;
};

const named = (at: number, tag: number, name: string, value: string, index?: number): number => {
  const from = index === undefined ? at + 4 : at + 5;
  if (index !== undefined) b[at + 4] = index;
  b.write(name, from, 'latin1');
  b[from + name.length] = 0;
  b.write(value, from + name.length + 1, 'latin1');
  const to = from + name.length + value.length + 2;
  b[to - 1] = 0;
  b.writeUInt16BE(tag, at);
  b.writeUInt16BE(to - at - 4, at + 2);
  return to;
};

const finish = (number: number, end: number): Buffer => {
  b.writeUInt32BE(end - 8, 0);
  b.writeUInt32BE(number, 4);
  return Buffer.from(b.subarray(0, end));
};

const callDelivered = (m: MessageInitOf<'CALL_DELIVERED_EVENT'>): Buffer => {
  b.writeUInt32BE(m.MonitorID ?? 0, 8);
  b.writeUInt32BE(m.PeripheralID ?? 0xffffffff, 12);
  b.writeUInt16BE(m.PeripheralType ?? 0xffff, 16);
  b.writeUInt16BE(m.ConnectionDeviceIDType ?? 0xffff, 18);
  b.writeUInt32BE(m.ConnectionCallID ?? 0xffffffff, 20);
  b.writeUInt16BE(m.LineHandle ?? 0, 24);
  b.writeUInt16BE(m.LineType ?? 0, 26);
  b.writeUInt32BE(m.ServiceNumber ?? 0xffffffff, 28);
  b.writeUInt32BE(m.ServiceID ?? 0xffffffff, 32);
  b.writeUInt32BE(m.SkillGroupNumber ?? 0xffffffff, 36);
  b.writeUInt32BE(m.SkillGroupID ?? 0xffffffff, 40);
  b.writeUInt16BE(m.SkillGroupPriority ?? 0, 44);
  b.writeUInt16BE(m.AlertingDeviceType ?? 0xffff, 46);
  b.writeUInt16BE(m.CallingDeviceType ?? 0xffff, 48);
  b.writeUInt16BE(m.CalledDeviceType ?? 0xffff, 50);
  b.writeUInt16BE(m.LastRedirectDeviceType ?? 0xffff, 52);
  b.writeUInt16BE(m.LocalConnectionState ?? 0xffff, 54);
  b.writeUInt16BE(m.EventCause ?? 0xffff, 56);
  b.writeUInt16BE(m.NamedVariables?.length ?? 0, 58);
  b.writeUInt16BE(m.NamedArrays?.length ?? 0, 60);
  let at = 62;
  if (m.ConnectionDeviceID !== undefined) at = text(at, 25, m.ConnectionDeviceID);
  if (m.AlertingDeviceID !== undefined) at = text(at, 26, m.AlertingDeviceID);
  if (m.CallingDeviceID !== undefined) at = text(at, 27, m.CallingDeviceID);
  if (m.CalledDeviceID !== undefined) at = text(at, 28, m.CalledDeviceID);
  if (m.LastRedirectDeviceID !== undefined) at = text(at, 29, m.LastRedirectDeviceID);
  if (m.TrunkNumber !== undefined) at = uint(at, 121, m.TrunkNumber);
  if (m.TrunkGroupNumber !== undefined) at = uint(at, 122, m.TrunkGroupNumber);
  if (m.SecondaryConnectionCallID !== undefined) at = uint(at, 202, m.SecondaryConnectionCallID);
  if (m.ANI !== undefined) at = text(at, 8, m.ANI);
  if (m.ANI_II !== undefined) at = text(at, 215, m.ANI_II);
  if (m.UserToUserInfo !== undefined) at = bytes(at, 9, m.UserToUserInfo);
  if (m.DNIS !== undefined) at = text(at, 10, m.DNIS);
  if (m.DialedNumber !== undefined) at = text(at, 11, m.DialedNumber);
  if (m.CallerEnteredDigits !== undefined) at = text(at, 12, m.CallerEnteredDigits);
  if (m.CallVariable1 !== undefined) at = text(at, 13, m.CallVariable1);
  if (m.CallVariable2 !== undefined) at = text(at, 14, m.CallVariable2);
  if (m.CallVariable3 !== undefined) at = text(at, 15, m.CallVariable3);
  if (m.CallVariable4 !== undefined) at = text(at, 16, m.CallVariable4);
  if (m.CallVariable5 !== undefined) at = text(at, 17, m.CallVariable5);
  if (m.CallVariable6 !== undefined) at = text(at, 18, m.CallVariable6);
  if (m.CallVariable7 !== undefined) at = text(at, 19, m.CallVariable7);
  if (m.CallVariable8 !== undefined) at = text(at, 20, m.CallVariable8);
  if (m.CallVariable9 !== undefined) at = text(at, 21, m.CallVariable9);
  if (m.CallVariable10 !== undefined) at = text(at, 22, m.CallVariable10);
  if (m.CallWrapupData !== undefined) at = text(at, 46, m.CallWrapupData);
  for (const v of m.NamedVariables ?? []) at = named(at, 82, v.VariableName, v.VariableValue);
  for (const v of m.NamedArrays ?? []) at = named(at, 83, v.VariableName, v.VariableValue, v.VariableIndex);
  return finish(9, at);
};

const agentState = (m: MessageInitOf<'AGENT_STATE_EVENT'>): Buffer => {
  b.writeUInt32BE(m.MonitorID ?? 0, 8);
  b.writeUInt32BE(m.PeripheralID ?? 0xffffffff, 12);
  b.writeUInt32BE(m.SessionID ?? 0, 16);
  b.writeUInt16BE(m.PeripheralType ?? 0xffff, 20);
  b.writeUInt16BE(m.SkillGroupState ?? 0, 22);
  b.writeUInt32BE(m.StateDuration ?? 0, 24);
  b.writeUInt32BE(m.SkillGroupNumber ?? 0xffffffff, 28);
  b.writeUInt32BE(m.SkillGroupID ?? 0xffffffff, 32);
  b.writeUInt16BE(m.SkillGroupPriority ?? 0, 36);
  b.writeUInt16BE(m.AgentState ?? 0, 38);
  b.writeUInt16BE(m.EventReasonCode ?? 0, 40);
  b.writeInt32BE(m.MRDID ?? 0, 42);
  b.writeUInt32BE(m.NumTasks ?? 0, 46);
  b.writeUInt16BE(m.AgentMode ?? 0, 50);
  b.writeUInt32BE(m.MaxTaskLimit ?? 0, 52);
  b.writeInt32BE(m.ICMAgentID ?? 0, 56);
  b.writeUInt32BE(m.AgentAvailabilityStatus ?? 0, 60);
  b.writeUInt16BE(m.FltSkillGroups?.length ?? 0, 64);
  b.writeInt32BE(m.DepartmentID ?? 0, 66);
  let at = 70;
  if (m.CTIClientSignature !== undefined) at = text(at, 3, m.CTIClientSignature);
  if (m.AgentID !== undefined) at = text(at, 5, m.AgentID);
  if (m.AgentExtension !== undefined) at = text(at, 4, m.AgentExtension);
  if (m.ActiveTerminal !== undefined) at = text(at, 303, m.ActiveTerminal);
  if (m.AgentInstrument !== undefined) at = text(at, 6, m.AgentInstrument);
  if (m.Duration !== undefined) at = uint(at, 150, m.Duration);
  if (m.NextAgentState !== undefined) at = ushort(at, 123, m.NextAgentState);
  if (m.Direction !== undefined) at = uint(at, 244, m.Direction);
  if (m.MaxBeyondTaskLimit !== undefined) at = uint(at, 266, m.MaxBeyondTaskLimit);
  if (m.AgentIDLong !== undefined) at = text(at, 194, m.AgentIDLong);
  for (const e of m.FltSkillGroups ?? []) {
    if (e.FltSkillGroupNumber !== undefined) at = uint(at, 62, e.FltSkillGroupNumber);
    if (e.FltSkillGroupID !== undefined) at = uint(at, 63, e.FltSkillGroupID);
    if (e.FltSkillGroupPriority !== undefined) at = ushort(at, 64, e.FltSkillGroupPriority);
    if (e.FltSkillGroupState !== undefined) at = ushort(at, 65, e.FltSkillGroupState);
  }
  return finish(30, at);
};

const beginCall = (m: MessageInitOf<'BEGIN_CALL_EVENT'>): Buffer => {
  b.writeUInt32BE(m.MonitorID ?? 0, 8);
  b.writeUInt32BE(m.PeripheralID ?? 0xffffffff, 12);
  b.writeUInt16BE(m.PeripheralType ?? 0xffff, 16);
  b.writeUInt16BE(m.CTIClients?.length ?? 0, 18);
  b.writeUInt16BE(m.NamedVariables?.length ?? 0, 20);
  b.writeUInt16BE(m.NamedArrays?.length ?? 0, 22);
  b.writeUInt16BE(m.CallType ?? 0xffff, 24);
  b.writeUInt16BE(m.ConnectionDeviceIDType ?? 0xffff, 26);
  b.writeUInt32BE(m.ConnectionCallID ?? 0xffffffff, 28);
  b.writeUInt16BE(m.CalledPartyDisposition ?? 0, 32);
  let at = 34;
  if (m.ConnectionDeviceID !== undefined) at = text(at, 25, m.ConnectionDeviceID);
  if (m.ANI !== undefined) at = text(at, 8, m.ANI);
  if (m.UserToUserInfo !== undefined) at = bytes(at, 9, m.UserToUserInfo);
  if (m.DNIS !== undefined) at = text(at, 10, m.DNIS);
  if (m.DialedNumber !== undefined) at = text(at, 11, m.DialedNumber);
  if (m.CallerEnteredDigits !== undefined) at = text(at, 12, m.CallerEnteredDigits);
  if (m.RouterCallKeyDay !== undefined) at = uint(at, 72, m.RouterCallKeyDay);
  if (m.RouterCallKeyCallID !== undefined) at = uint(at, 73, m.RouterCallKeyCallID);
  if (m.RouterCallKeySequenceNumber !== undefined) at = uint(at, 110, m.RouterCallKeySequenceNumber);
  if (m.CallVariable1 !== undefined) at = text(at, 13, m.CallVariable1);
  if (m.CallVariable2 !== undefined) at = text(at, 14, m.CallVariable2);
  if (m.CallVariable3 !== undefined) at = text(at, 15, m.CallVariable3);
  if (m.CallVariable4 !== undefined) at = text(at, 16, m.CallVariable4);
  if (m.CallVariable5 !== undefined) at = text(at, 17, m.CallVariable5);
  if (m.CallVariable6 !== undefined) at = text(at, 18, m.CallVariable6);
  if (m.CallVariable7 !== undefined) at = text(at, 19, m.CallVariable7);
  if (m.CallVariable8 !== undefined) at = text(at, 20, m.CallVariable8);
  if (m.CallVariable9 !== undefined) at = text(at, 21, m.CallVariable9);
  if (m.CallVariable10 !== undefined) at = text(at, 22, m.CallVariable10);
  if (m.CallWrapupData !== undefined) at = text(at, 46, m.CallWrapupData);
  if (m.CallReferenceID !== undefined) at = bytes(at, 223, m.CallReferenceID);
  if (m.ANI_II !== undefined) at = text(at, 215, m.ANI_II);
  for (const v of m.NamedVariables ?? []) at = named(at, 82, v.VariableName, v.VariableValue);
  for (const v of m.NamedArrays ?? []) at = named(at, 83, v.VariableName, v.VariableValue, v.VariableIndex);
  for (const e of m.CTIClients ?? []) {
    if (e.CTIClientSignature !== undefined) at = text(at, 23, e.CTIClientSignature);
    if (e.CTIClientTimestamp !== undefined) at = uint(at, 24, e.CTIClientTimestamp);
  }
  return finish(23, at);
};

const callEstablished = (m: MessageInitOf<'CALL_ESTABLISHED_EVENT'>): Buffer => {
  b.writeUInt32BE(m.MonitorID ?? 0, 8);
  b.writeUInt32BE(m.PeripheralID ?? 0xffffffff, 12);
  b.writeUInt16BE(m.PeripheralType ?? 0xffff, 16);
  b.writeUInt16BE(m.ConnectionDeviceIDType ?? 0xffff, 18);
  b.writeUInt32BE(m.ConnectionCallID ?? 0xffffffff, 20);
  b.writeUInt16BE(m.LineHandle ?? 0, 24);
  b.writeUInt16BE(m.LineType ?? 0, 26);
  b.writeUInt32BE(m.ServiceNumber ?? 0xffffffff, 28);
  b.writeUInt32BE(m.ServiceID ?? 0xffffffff, 32);
  b.writeUInt32BE(m.SkillGroupNumber ?? 0xffffffff, 36);
  b.writeUInt32BE(m.SkillGroupID ?? 0xffffffff, 40);
  b.writeUInt16BE(m.SkillGroupPriority ?? 0, 44);
  b.writeUInt16BE(m.AnsweringDeviceType ?? 0xffff, 46);
  b.writeUInt16BE(m.CallingDeviceType ?? 0xffff, 48);
  b.writeUInt16BE(m.CalledDeviceType ?? 0xffff, 50);
  b.writeUInt16BE(m.LastRedirectDeviceType ?? 0xffff, 52);
  b.writeUInt16BE(m.LocalConnectionState ?? 0xffff, 54);
  b.writeUInt16BE(m.EventCause ?? 0xffff, 56);
  let at = 58;
  if (m.ConnectionDeviceID !== undefined) at = text(at, 25, m.ConnectionDeviceID);
  if (m.AnsweringDeviceID !== undefined) at = text(at, 30, m.AnsweringDeviceID);
  if (m.CallingDeviceID !== undefined) at = text(at, 27, m.CallingDeviceID);
  if (m.CalledDeviceID !== undefined) at = text(at, 28, m.CalledDeviceID);
  if (m.LastRedirectDeviceID !== undefined) at = text(at, 29, m.LastRedirectDeviceID);
  if (m.TrunkNumber !== undefined) at = uint(at, 121, m.TrunkNumber);
  if (m.TrunkGroupNumber !== undefined) at = uint(at, 122, m.TrunkGroupNumber);
  return finish(10, at);
};

/** By the message's name. */
export const encodeByHand = (message: MessageInit): Buffer => {
  switch (message.type) {
    case 'CALL_DELIVERED_EVENT':
      return callDelivered(message);
    case 'AGENT_STATE_EVENT':
      return agentState(message);
    case 'BEGIN_CALL_EVENT':
      return beginCall(message);
    case 'CALL_ESTABLISHED_EVENT':
      return callEstablished(message);
    default:
      throw new Error(`There is no hand-written encoder for ${message.type}`);
  }
};
