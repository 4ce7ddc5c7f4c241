import { setOwn } from '../../common/records/own-key.js';
import type { Args } from '../../ctios/transport.js';
import * as ged188 from '../../ged188/index.js';
import { newArgs } from './new-args.js';

// Read once: an imported name is looked up at each use, and these are used in every event.
const { NULL_CALLTYPE, NULL_SERVICE, NULL_SKILL_GROUP } = ged188;

/** The fields in which CTI Server messages carry call data. No message has all of them. */
export interface CallDataFields {
  PeripheralID?: number;
  PeripheralType?: number;
  CallType?: number;
  ServiceNumber?: number;
  ServiceID?: number;
  SkillGroupNumber?: number;
  SkillGroupID?: number;
  SkillGroupPriority?: number;
  ANI?: string;
  UserToUserInfo?: Buffer;
  DNIS?: string;
  DialedNumber?: string;
  CallerEnteredDigits?: string;
  RouterCallKeyDay?: number;
  RouterCallKeyCallID?: number;
  RouterCallKeySequenceNumber?: number;
  CallVariable1?: string;
  CallVariable2?: string;
  CallVariable3?: string;
  CallVariable4?: string;
  CallVariable5?: string;
  CallVariable6?: string;
  CallVariable7?: string;
  CallVariable8?: string;
  CallVariable9?: string;
  CallVariable10?: string;
  CallWrapupData?: string;
  CustomerPhoneNumber?: string;
  CustomerAccountNumber?: string;
  CampaignID?: number;
  QueryRuleID?: number;
  NamedVariables?: readonly NamedVariable[];
  NamedArrays?: readonly NamedArrayElement[];
  CTIClients?: readonly { CTIClientSignature?: string; CTIClientTimestamp?: number }[];
}
export interface NamedVariable {
  VariableName?: string;
  VariableValue?: string;
}
export interface NamedArrayElement extends NamedVariable {
  VariableIndex?: number;
}

/**
 * The call data of a message under CTI OS keywords, nothing else. Values that mean "none" are left out, so that a merge
 * keeps what an earlier message contained.
 */
export function callData(m: CallDataFields): Args {
  const data = newArgs();
  if (m.PeripheralID !== undefined) data.PeripheralID = m.PeripheralID;
  if (m.PeripheralType !== undefined) data.PeripheralType = m.PeripheralType;
  // 0 is the invalid type of Unified CCX.
  if (m.CallType && m.CallType !== NULL_CALLTYPE) data.CallType = m.CallType;
  putService(data, m);
  if (m.ANI !== undefined) data.ANI = m.ANI;
  if (m.UserToUserInfo !== undefined) data.UserToUserInfo = uuiText(m.UserToUserInfo);
  if (m.DNIS !== undefined) data.DNIS = m.DNIS;
  if (m.DialedNumber !== undefined) data.DialedNumber = m.DialedNumber;
  if (m.CallerEnteredDigits !== undefined) data.CallerEnteredDigits = m.CallerEnteredDigits;
  putRouterCallKey(data, m);
  putCallVariables(data, m);
  if (m.CallWrapupData !== undefined) data.CallWrapupData = m.CallWrapupData;
  if (m.CustomerPhoneNumber !== undefined) data.CustomerPhoneNumber = m.CustomerPhoneNumber;
  if (m.CustomerAccountNumber !== undefined) data.CustomerAccountNumber = m.CustomerAccountNumber;
  if (m.CampaignID) data.CampaignID = m.CampaignID;
  if (m.QueryRuleID) data.QueryRuleID = m.QueryRuleID;
  putEcc(data, m);
  const clients = m.CTIClients;
  if (clients !== undefined && clients.length > 0) data.CTIClients = ctiClients(clients);
  return data;
}

/** Service and skill group; in a message all bits set means "none". */
export function putService(args: Args, m: CallDataFields): void {
  if (m.ServiceNumber !== undefined && m.ServiceNumber !== NULL_SERVICE) args.ServiceNumber = m.ServiceNumber;
  if (m.ServiceID !== undefined && m.ServiceID !== NULL_SERVICE) args.ServiceID = m.ServiceID;
  if (m.SkillGroupNumber === undefined || m.SkillGroupNumber === NULL_SKILL_GROUP) return;
  args.SkillGroupNumber = m.SkillGroupNumber;
  if (m.SkillGroupID !== undefined && m.SkillGroupID !== NULL_SKILL_GROUP) args.SkillGroupID = m.SkillGroupID;
  if (m.SkillGroupPriority !== undefined) args.SkillGroupPriority = m.SkillGroupPriority;
}

export function putRouterCallKey(args: Args, m: CallDataFields): void {
  if (m.RouterCallKeyDay === undefined || m.RouterCallKeyCallID === undefined) return;
  // A call that was not routed has an empty key.
  if (m.RouterCallKeyDay === 0 && m.RouterCallKeyCallID === 0) return;
  if (m.RouterCallKeyDay === 0xffffffff) return;
  args.RouterCallKeyDay = m.RouterCallKeyDay;
  args.RouterCallKeyCallID = m.RouterCallKeyCallID;
  if (m.RouterCallKeySequenceNumber !== undefined) args.RouterCallKeySequenceNumber = m.RouterCallKeySequenceNumber;
  args.ICMEnterpriseUniqueID = `icm.${m.RouterCallKeyDay}.${m.RouterCallKeyCallID}`;
}

export function putCallVariables(args: Args, m: CallDataFields): void {
  if (m.CallVariable1 !== undefined) args.CallVariable1 = m.CallVariable1;
  if (m.CallVariable2 !== undefined) args.CallVariable2 = m.CallVariable2;
  if (m.CallVariable3 !== undefined) args.CallVariable3 = m.CallVariable3;
  if (m.CallVariable4 !== undefined) args.CallVariable4 = m.CallVariable4;
  if (m.CallVariable5 !== undefined) args.CallVariable5 = m.CallVariable5;
  if (m.CallVariable6 !== undefined) args.CallVariable6 = m.CallVariable6;
  if (m.CallVariable7 !== undefined) args.CallVariable7 = m.CallVariable7;
  if (m.CallVariable8 !== undefined) args.CallVariable8 = m.CallVariable8;
  if (m.CallVariable9 !== undefined) args.CallVariable9 = m.CallVariable9;
  if (m.CallVariable10 !== undefined) args.CallVariable10 = m.CallVariable10;
}

/** Expanded call variables with their counts; empty if the message has none. */
export function putEcc(args: Args, m: CallDataFields): void {
  const scalars = m.NamedVariables?.length ?? 0;
  const elements = m.NamedArrays?.length ?? 0;
  if (scalars + elements === 0) return;
  const ecc: Args = {};
  for (const { VariableName, VariableValue } of m.NamedVariables ?? []) {
    if (VariableName !== undefined) setOwn(ecc, VariableName, VariableValue ?? '');
  }
  for (const { VariableName, VariableIndex, VariableValue } of m.NamedArrays ?? []) {
    if (VariableName !== undefined) ecc[`${VariableName}[${VariableIndex ?? 0}]`] = VariableValue ?? '';
  }
  args.NumNamedVariables = scalars;
  args.NumNamedArrays = elements;
  args.ECC = ecc;
}

function ctiClients(clients: readonly { CTIClientSignature?: string; CTIClientTimestamp?: number }[]): Args {
  const list: Args = {};
  clients.forEach((client, index) => {
    const entry: Args = {};
    if (client.CTIClientSignature !== undefined) entry.CTIClientSignature = client.CTIClientSignature;
    if (client.CTIClientTimestamp !== undefined) entry.CTIClientTimestamp = client.CTIClientTimestamp;
    list[`CTIClient[${index + 1}]`] = entry;
  });
  return list;
}

/** UserToUserInfo is bytes on the wire and a string in CTI OS: one character per byte, lossless. */
export function uuiText(bytes: Buffer): string {
  const end = bytes.length > 0 && bytes[bytes.length - 1] === 0 ? bytes.length - 1 : bytes.length;
  return bytes.toString('latin1', 0, end);
}

export function uuiBytes(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

const ARRAY_ELEMENT = /^(.+)\[(\d+)\]$/;

/** The ECC in a request's arguments as the lists of a message; `{}` if there is none. */
export function eccFields(ecc: Args | undefined): {
  NamedVariables?: { VariableName: string; VariableValue: string }[];
  NamedArrays?: { VariableIndex: number; VariableName: string; VariableValue: string }[];
} {
  if (ecc === undefined) return {};
  const NamedVariables: { VariableName: string; VariableValue: string }[] = [];
  const NamedArrays: { VariableIndex: number; VariableName: string; VariableValue: string }[] = [];
  for (const [key, value] of Object.entries(ecc)) {
    if (typeof value === 'object') continue;
    const VariableValue = String(value);
    const element = ARRAY_ELEMENT.exec(key);
    if (element === null) NamedVariables.push({ VariableName: key, VariableValue });
    else NamedArrays.push({ VariableName: element[1]!, VariableIndex: Number(element[2]), VariableValue });
  }
  return { NamedVariables, NamedArrays };
}
