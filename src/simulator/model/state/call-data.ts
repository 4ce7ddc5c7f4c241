import { Buffer } from 'node:buffer';
import { charsetOf } from '../../../ged188/index.js';
import type { CallDataPatch, CommandOutcome } from './api.js';
import { Limit } from './codes.js';
import type { EccVariableConfig } from './config.js';
import type { CallData, CallDataField } from './events/values.js';
import { accept, type RefusalName, refuse } from './refusals.js';

/** Call data: how it is changed, its limits, and how the data of two calls are merged. */

export const noData: CallData = { variables: [], named: new Map(), arrays: new Map() };

/** Which ECC variables exist, and what clients may not modify. */
export interface DataRules {
  /** undefined: any name. */
  ecc?: ReadonlyMap<string, EccVariableConfig>;
  protected: ReadonlySet<string>;
  /** The charset on the wire, if it is not latin1. */
  charset?: string;
}

const scalars = [
  ['ani', 'ANI', Limit.ani],
  ['dnis', 'DNIS', Limit.dnis],
  ['callerEnteredDigits', 'CallerEnteredDigits', Limit.digits],
  ['wrapupData', 'CallWrapupData', Limit.wrapupData],
  ['customerPhoneNumber', 'CustomerPhoneNumber', 20],
  ['customerAccountNumber', 'CustomerAccountNumber', 32],
] as const;

const numbers = [
  ['campaignId', 'CampaignID'],
  ['queryRuleId', 'QueryRuleID'],
] as const;

/**
 * Applies a patch. Bounds are those of the protocol, in bytes of latin1 text.
 * @returns the new data and which fields differ from before; the same `data` when nothing changed
 */
export function changeData(
  data: CallData,
  patch: CallDataPatch,
  rules?: DataRules,
): CommandOutcome<{ data: CallData; changed: CallDataField[] }> {
  const problem = checkPatch(data, patch, rules);
  if (problem) return refuse(problem);
  const changed: CallDataField[] = [];
  const next: { -readonly [K in keyof CallData]: CallData[K] } = { ...data };
  for (const [key, field] of scalars) {
    const value = patch[key];
    if (value === undefined || value === data[key]) continue;
    next[key] = value;
    changed.push(field);
  }
  for (const [key, field] of numbers) {
    const value = patch[key];
    if (value === undefined || value === data[key]) continue;
    next[key] = value;
    changed.push(field);
  }
  if (patch.userToUserInfo !== undefined && !sameBytes(patch.userToUserInfo, data.userToUserInfo)) {
    next.userToUserInfo = Buffer.from(patch.userToUserInfo);
    changed.push('UserToUserInfo');
  }
  next.variables = changeVariables(data, patch, changed);
  changeEcc(data, patch, next, changed);
  return accept({ data: changed.length === 0 ? data : next, changed });
}

function changeVariables(data: CallData, patch: CallDataPatch, changed: CallDataField[]): CallData['variables'] {
  let variables: (string | undefined)[] | undefined;
  for (let index = 0; index < 10; index++) {
    const value = patch.variables?.[index];
    if (value === undefined || value === data.variables[index]) continue;
    variables ??= Array.from({ length: 10 }, (_, at) => data.variables[at]);
    variables[index] = value;
    changed.push(`CallVariable${index + 1}`);
  }
  return variables ?? data.variables;
}

function changeEcc(
  data: CallData,
  patch: CallDataPatch,
  next: { named: CallData['named']; arrays: CallData['arrays'] },
  changed: CallDataField[],
): void {
  if (patch.named === undefined && patch.arrays === undefined && !patch.replaceEcc) return;
  const named = new Map(patch.replaceEcc ? [] : data.named);
  const arrays = new Map<string, (string | undefined)[]>();
  if (!patch.replaceEcc) for (const [name, elements] of data.arrays) arrays.set(name, [...elements]);
  for (const [name, value] of patch.named ?? []) named.set(name, value);
  for (const [name, index, value] of patch.arrays ?? []) {
    const elements = arrays.get(name) ?? [];
    while (elements.length < index) elements.push(undefined);
    elements[index] = value;
    arrays.set(name, elements);
  }
  const before = changed.length;
  for (const name of new Set([...named.keys(), ...data.named.keys()]))
    if (named.get(name) !== data.named.get(name)) changed.push(name);
  for (const name of new Set([...arrays.keys(), ...data.arrays.keys()]))
    if (!sameElements(arrays.get(name), data.arrays.get(name))) changed.push(name);
  if (changed.length === before) return;
  next.named = named;
  next.arrays = arrays;
}

/** Bytes of a text on the wire; infinite if the charset cannot express it. */
function lengthIn(text: string, charset = 'latin1'): number {
  if (/^[\0-\x7f]*$/.test(text)) return text.length;
  return charsetOf(charset).encode(text)?.length ?? Number.POSITIVE_INFINITY;
}

function checkPatch(data: CallData, patch: CallDataPatch, rules?: DataRules): RefusalName | undefined {
  for (const [key, field, limit] of scalars) {
    const value = patch[key];
    if (value === undefined) continue;
    if (lengthIn(value, rules?.charset) > limit) return 'valueTooLong';
    if (rules?.protected.has(field)) return 'protectedVariable';
  }
  if (patch.userToUserInfo !== undefined && patch.userToUserInfo.length > Limit.userToUserInfo) return 'valueTooLong';
  for (const [index, value] of (patch.variables ?? []).entries()) {
    if (value === undefined) continue;
    if (lengthIn(value, rules?.charset) > Limit.callVariable) return 'valueTooLong';
    if (rules?.protected.has(`CallVariable${index + 1}`)) return 'protectedVariable';
  }
  return checkEccPatch(patch, rules) ?? (eccBytes(data, patch) > Limit.eccTotal ? 'tooMuchData' : undefined);
}

function checkEccPatch(patch: CallDataPatch, rules?: DataRules): RefusalName | undefined {
  for (const [name, value] of patch.named ?? []) {
    const problem = checkEcc(name, value, rules);
    if (problem) return problem;
    if (rules?.ecc !== undefined && rules.ecc.get(name)?.size !== undefined) return 'unknownVariable';
  }
  for (const [name, index, value] of patch.arrays ?? []) {
    const problem = checkEcc(name, value, rules);
    if (problem) return problem;
    const size = rules?.ecc === undefined ? 255 : rules.ecc.get(name)?.size;
    if (size === undefined) return 'unknownVariable';
    if (!Number.isInteger(index) || index < 0 || index >= size) return 'badArrayIndex';
  }
  return undefined;
}

function checkEcc(name: string, value: string, rules?: DataRules): RefusalName | undefined {
  if (name.length === 0 || name.length > Limit.eccName || value.length > Limit.eccValue) return 'valueTooLong';
  if (rules?.ecc !== undefined && !rules.ecc.has(name)) return 'unknownVariable';
  return rules?.protected.has(name) ? 'protectedVariable' : undefined;
}

/**
 * Bytes of name and value, each with its null, plus the array index, as counted for the protocol's limit of 2000 bytes.
 */
function eccBytes(data: CallData, patch: CallDataPatch): number {
  if (patch.named === undefined && patch.arrays === undefined) return 0;
  const sizes = new Map<string, number>();
  if (!patch.replaceEcc) {
    for (const [name, value] of data.named) sizes.set(name, name.length + value.length + 2);
    for (const [name, elements] of data.arrays)
      for (const [index, value] of elements.entries())
        if (value !== undefined) sizes.set(`${name}[${index}]`, name.length + value.length + 3);
  }
  for (const [name, value] of patch.named ?? []) sizes.set(name, name.length + value.length + 2);
  for (const [name, index, value] of patch.arrays ?? []) sizes.set(`${name}[${index}]`, name.length + value.length + 3);
  let total = 0;
  for (const size of sizes.values()) total += size;
  return total;
}

/**
 * The data of a call that two calls were joined into: the primary's value wins if both have one.
 * @returns the data and the fields in which it differs from the primary's, and from the secondary's
 */
export function joinData(
  primary: CallData,
  secondary: CallData,
): { data: CallData; changedForPrimary: CallDataField[]; changedForSecondary: CallDataField[] } {
  const patch: CallDataPatch = {
    variables: Array.from({ length: 10 }, (_, at) => primary.variables[at] ?? secondary.variables[at]),
    named: [...secondary.named].filter(([name]) => !primary.named.has(name)),
    arrays: elementsOf(secondary).filter(([name, index]) => primary.arrays.get(name)?.[index] === undefined),
    wrapupData: primary.wrapupData ?? secondary.wrapupData,
    userToUserInfo: primary.userToUserInfo ?? secondary.userToUserInfo,
    callerEnteredDigits: primary.callerEnteredDigits ?? secondary.callerEnteredDigits,
  };
  const joined = changeData(primary, patch);
  // Both together may exceed the ECC limit; then only the primary's data is kept.
  const data = joined.ok ? joined.value.data : primary;
  return {
    data,
    changedForPrimary: joined.ok ? joined.value.changed : [],
    changedForSecondary: differences(secondary, data),
  };
}

function elementsOf(data: CallData): [string, number, string][] {
  const elements: [string, number, string][] = [];
  for (const [name, values] of data.arrays)
    for (const [index, value] of values.entries()) if (value !== undefined) elements.push([name, index, value]);
  return elements;
}

/** Fields in which two sets of data differ. */
export function differences(before: CallData, after: CallData): CallDataField[] {
  const changed: CallDataField[] = [];
  for (const [key, field] of [...scalars, ...numbers]) if (before[key] !== after[key]) changed.push(field);
  if (before.dialedNumber !== after.dialedNumber) changed.push('DialedNumber');
  if (!sameBytes(before.userToUserInfo, after.userToUserInfo)) changed.push('UserToUserInfo');
  for (let index = 0; index < 10; index++)
    if (before.variables[index] !== after.variables[index]) changed.push(`CallVariable${index + 1}`);
  for (const name of new Set([...before.named.keys(), ...after.named.keys()]))
    if (before.named.get(name) !== after.named.get(name)) changed.push(name);
  for (const name of new Set([...before.arrays.keys(), ...after.arrays.keys()]))
    if (!sameElements(before.arrays.get(name), after.arrays.get(name))) changed.push(name);
  return changed;
}

function sameBytes(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.equals(b));
}

function sameElements(
  a: readonly (string | undefined)[] | undefined,
  b: readonly (string | undefined)[] | undefined,
): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a.length !== b.length) return false;
  return a.every((value, index) => value === b[index]);
}
