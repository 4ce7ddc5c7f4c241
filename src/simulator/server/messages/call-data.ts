/** Call data of the model as fields of GED-188 messages, and back. */
import type { CallData, CallDataPatch, CallFacts, RouterCallKey } from '../../model/state/types.js';

/** The fields of call data that nearly every message with call data has, under their names in the messages. */
export interface CallDataMessageFields {
  ANI?: string;
  UserToUserInfo?: Buffer;
  DNIS?: string;
  DialedNumber?: string;
  CallerEnteredDigits?: string;
  CallWrapupData?: string;
  NamedVariables?: { VariableName: string; VariableValue: string }[];
  NamedArrays?: { VariableIndex: number; VariableName: string; VariableValue: string }[];
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
}

type VariableField = Extract<keyof CallDataMessageFields, `CallVariable${number}`>;
const variableFields = Array.from({ length: 10 }, (_, index) => `CallVariable${index + 1}` as VariableField);

/** Maximum size of ECC in one message, names and values with their nulls. */
const ECC_LIMIT = 2000;

/** The session receives only these variables (REGISTER_VARIABLES_REQ); undefined: all. */
export interface RegisteredVariables {
  /** Bit 0 is CallVariable1. */
  readonly callVariableMask: number;
  readonly names: ReadonlySet<string>;
}

/** All of a call's data. */
export function callDataFields(data: CallData): CallDataMessageFields {
  const fields: CallDataMessageFields = {
    ANI: data.ani,
    UserToUserInfo: data.userToUserInfo,
    DNIS: data.dnis,
    DialedNumber: data.dialedNumber,
    CallerEnteredDigits: data.callerEnteredDigits,
    CallWrapupData: data.wrapupData,
    ...eccFields(data),
  };
  for (const [index, field] of variableFields.entries()) fields[field] = data.variables[index];
  return fields;
}

/** Changed items only, but always all ECC variables: a receiver replaces its stored set. */
export function changedCallDataFields(data: CallData, changed: readonly string[]): CallDataMessageFields {
  const all = callDataFields(data);
  const fields: CallDataMessageFields = { NamedVariables: all.NamedVariables, NamedArrays: all.NamedArrays };
  const wanted = new Set(changed);
  for (const key of Object.keys(all) as (keyof CallDataMessageFields)[]) {
    if (wanted.has(key)) Object.assign(fields, { [key]: all[key] });
  }
  return fields;
}

function eccFields(data: CallData): Pick<CallDataMessageFields, 'NamedVariables' | 'NamedArrays'> {
  const NamedVariables: CallDataMessageFields['NamedVariables'] = [];
  const NamedArrays: CallDataMessageFields['NamedArrays'] = [];
  let room = ECC_LIMIT;
  const fits = (name: string, value: string, extra: number): boolean => {
    room -= name.length + value.length + 2 + extra;
    return room >= 0;
  };
  for (const [name, value] of data.named) {
    if (fits(name, value, 0)) NamedVariables.push({ VariableName: name, VariableValue: value });
  }
  for (const [name, values] of data.arrays) {
    for (const [index, value] of values.entries()) {
      if (value !== undefined && fits(name, value, 1)) {
        NamedArrays.push({ VariableIndex: index, VariableName: name, VariableValue: value });
      }
    }
  }
  return { NamedVariables, NamedArrays };
}

/** Takes out of a message the variables that a session has not registered. */
export function withoutUnregistered<M extends object>(message: M, registered: RegisteredVariables): M {
  const kept: M & CallDataMessageFields = { ...message };
  for (const [index, field] of variableFields.entries()) {
    if ((registered.callVariableMask & (1 << index)) === 0) delete kept[field];
  }
  if (kept.NamedVariables) {
    kept.NamedVariables = kept.NamedVariables.filter((each) => registered.names.has(each.VariableName));
  }
  if (kept.NamedArrays) {
    kept.NamedArrays = kept.NamedArrays.filter((each) => registered.names.has(each.VariableName));
  }
  return kept;
}

export function routerCallKeyFields(key: RouterCallKey) {
  return {
    RouterCallKeyDay: key.day,
    RouterCallKeyCallID: key.callId,
    RouterCallKeySequenceNumber: key.sequence,
  };
}

/** CallReferenceID: bytes in the messages, at most 32. */
export function callReference(facts: CallFacts): Buffer {
  return Buffer.from(facts.callReferenceId, 'latin1').subarray(0, 32);
}

/** Call data as requests bring it. */
export type GivenCallData = Readonly<
  Omit<CallDataMessageFields, 'NamedVariables' | 'NamedArrays'> & {
    NamedVariables?: readonly { readonly VariableName?: string; readonly VariableValue?: string }[];
    NamedArrays?: readonly {
      readonly VariableIndex?: number;
      readonly VariableName?: string;
      readonly VariableValue?: string;
    }[];
    CustomerPhoneNumber?: string;
    CustomerAccountNumber?: string;
  }
>;

/** The call data of a request as a change of a call's data. */
export function callDataPatch(given: GivenCallData): CallDataPatch {
  const patch: CallDataPatch = {};
  if (given.ANI !== undefined) patch.ani = given.ANI;
  if (given.CallerEnteredDigits !== undefined) patch.callerEnteredDigits = given.CallerEnteredDigits;
  if (given.UserToUserInfo !== undefined) patch.userToUserInfo = given.UserToUserInfo;
  if (given.CallWrapupData !== undefined) patch.wrapupData = given.CallWrapupData;
  if (given.CustomerPhoneNumber !== undefined) patch.customerPhoneNumber = given.CustomerPhoneNumber;
  if (given.CustomerAccountNumber !== undefined) patch.customerAccountNumber = given.CustomerAccountNumber;
  const variables = variableFields.map((field) => given[field]);
  if (variables.some((value) => value !== undefined)) patch.variables = variables;
  if (given.NamedVariables?.length) {
    patch.named = given.NamedVariables.map((each) => [each.VariableName ?? '', each.VariableValue ?? ''] as const);
  }
  if (given.NamedArrays?.length) {
    patch.arrays = given.NamedArrays.map(
      (each) => [each.VariableName ?? '', each.VariableIndex ?? 0, each.VariableValue ?? ''] as const,
    );
  }
  return patch;
}
